import assert from "node:assert/strict";
import { test } from "node:test";
import { toLsMode, toOctal } from "./fileMode.ts";

test("modes are written as ls and stat write them", () => {
  const rows: [string, number, string, string][] = [
    ["-", 0o000, "----------", "0000"],
    ["-", 0o644, "-rw-r--r--", "0644"],
    ["d", 0o2777, "drwxrwsrwx", "2777"],
    ["d", 0o3777, "drwxrwsrwt", "3777"],
    ["d", 0o1776, "drwxrwxrwT", "1776"],
    ["d", 0o2700, "drwx--S---", "2700"],
    ["-", 0o4755, "-rwsr-xr-x", "4755"],
    ["-", 0o4600, "-rwS------", "4600"],
    ["p", 0o660, "prw-rw----", "0660"],
  ];
  for (const [type, mode, ls, octal] of rows) {
    assert.equal(toLsMode(type, mode), ls);
    assert.equal(toOctal(mode), octal);
  }
});
