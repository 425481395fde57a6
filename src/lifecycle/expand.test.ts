import assert from "node:assert/strict";
import { test } from "node:test";
import { expand } from "./expand.ts";

test("$(NAME) as the kubelet expands it", () => {
  const values: Readonly<Record<string, string>> = { A: "1", B: "$(A)", EMPTY: "" };
  const rows: readonly [text: string, expanded: string][] = [
    ["$(A)", "1"],
    ["x$(A)y$(A)", "x1y1"],
    ["$(B)", "$(A)"],
    ["$(EMPTY)", ""],
    ["$(NO)", "$(NO)"],
    ["$$(A)", "$(A)"],
    ["$$$(A)", "$1"],
    ["$A $", "$A $"],
    ["$(A", "$(A"],
    ["$()", "$()"],
  ];
  for (const [text, expanded] of rows) {
    assert.equal(
      expand(text, (name) => values[name]),
      expanded,
      text,
    );
  }
});
