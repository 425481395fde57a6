import assert from "node:assert/strict";
import { test } from "node:test";
import { VolumeError } from "./failure.ts";
import { parseEnv } from "./parseEnv.ts";

test("the value of a variable, as the kubelet reads its file", () => {
  const rows: readonly (readonly [text: string, value: string])[] = [
    ["K='v'\n", "v"],
    ["K='v'", "v"],
    ["K='v'\r\n", "v"],
    ["\n \t\n# K='no'\n  K='v' # why\n", "v"],
    ["A='1'\nK='v'\nK='w'\n", "v"],
    ["K='two\n# lines'\n", "two\n# lines"],
    ["A='\nK='\nK='v'\n", "v"],
    ["K='$A \"b\" \\n'\n", '$A "b" \\n'],
    ["K= 'v'\n", ""],
    ["K=''\n", ""],
    ["export K='v'\n", ""],
    ["A='1'\n", ""],
    ["", ""],
    // What stands below is not read.
    ["K='v'\nbroken\n", "v"],
    [`K='v'\n${"x".repeat(70_000)}`, "v"],
    [`K='${"x".repeat(65_531)}'\n`, "x".repeat(65_531)],
  ];
  for (const [text, value] of rows) assert.equal(parseEnv(text, "K"), value, text.slice(0, 40));
});

test("what is no environment file", () => {
  for (const text of [
    "K=v\n",
    'K="v"\n',
    "K\n",
    "='v'\n",
    " ='v'\n",
    "K ='v'\n",
    "K=\n",
    "K='v'w\n",
    "K='v\n",
    "K='v\nA='1'\n",
    `K='${"x".repeat(65_533)}'\n`,
  ]) {
    assert.throws(() => parseEnv(text, "K"), new VolumeError("couldn't parse env file"), text);
  }
});
