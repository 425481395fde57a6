// What `diff` says of a list that changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PrivilegeChange } from "../../core/answers/diff.ts";
import { changeText } from "./words.ts";

const cookies = { name: "net.ipv4.tcp_syncookies", value: "1" };
const shm = { name: "kernel.shm_rmid_forced", value: "1" };

const ROWS: readonly (readonly [PrivilegeChange["field"], unknown, unknown, string])[] = [
  ["sysctls", [cookies], [{ ...cookies }, shm], "gains kernel.shm_rmid_forced=1"],
  ["sysctls", [shm, cookies], [{ ...shm }], "loses net.ipv4.tcp_syncookies=1"],
  [
    "sysctls",
    [cookies],
    [{ ...cookies, value: "0" }],
    "gains net.ipv4.tcp_syncookies=0; loses net.ipv4.tcp_syncookies=1",
  ],
  ["supplementalGroups", [1, 2], [2, 3], "gains 3; loses 1"],
];
for (const [field, before, after, said] of ROWS) {
  test(`${field}: ${said}`, () => {
    assert.equal(changeText({ container: "", field, before, after, change: "changed" }), said);
  });
}
