import assert from "node:assert/strict";
import { test } from "node:test";
import { expand, fromVariables } from "./expansion.ts";

test("references, escapes and what is neither", () => {
  const lookUp = fromVariables({ A: "a", EMPTY: "", "odd name": "o" });
  const rows: readonly [text: string, expanded: string][] = [
    ["$(A)", "a"],
    ["x$(A)y$(A)z", "xayaz"],
    ["$(EMPTY)", ""],
    ["$(UNKNOWN)", "$(UNKNOWN)"],
    ["$(odd name)", "o"],
    ["$$(A)", "$(A)"],
    ["$$$(A)", "$a"],
    ["$$$$(A)", "$$(A)"],
    ["$(A", "$(A"],
    ["$A", "$A"],
    ["$", "$"],
    ["end$", "end$"],
    ["$$", "$"],
    ["$()", "$()"],
    ["$(A$(A))", "$(A$(A))"],
    ["$(constructor)", "$(constructor)"],
  ];
  for (const [text, expanded] of rows) assert.equal(expand(text, lookUp), expanded, text);
});
