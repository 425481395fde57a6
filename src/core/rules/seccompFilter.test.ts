import assert from "node:assert/strict";
import { test } from "node:test";
import type { OciSeccomp, OciSyscall } from "../model/oci.ts";
import { hasSeccompFilter, seccompVerdict } from "./seccompFilter.ts";

function verdict(profile: Partial<OciSeccomp>, name: string, args?: readonly bigint[]): string {
  const seccomp = { defaultAction: "SCMP_ACT_ALLOW", ...profile };
  const facts = args === undefined ? {} : { args };
  const found = seccompVerdict(seccomp, name, { enosysStub: true, ...facts });
  return found.kind === "errno" ? `errno ${found.errno}` : found.kind;
}

const ALLOW_READ: OciSyscall = { names: ["read"], action: "SCMP_ACT_ALLOW" };
const RESTRICTIVE = { defaultAction: "SCMP_ACT_ERRNO", syscalls: [ALLOW_READ] };

test("a profile without a default action and rules loads nothing", () => {
  assert.equal(hasSeccompFilter(undefined), false);
  assert.equal(hasSeccompFilter({ defaultAction: "", syscalls: [] }), false);
  assert.equal(hasSeccompFilter({ defaultAction: "SCMP_ACT_ALLOW" }), true);
});

test("actions", () => {
  const rows = [
    ["SCMP_ACT_ALLOW", "allow"],
    ["SCMP_ACT_LOG", "allow"],
    ["SCMP_ACT_NOTIFY", "allow"],
    ["SCMP_ACT_ERRNO", "errno 1"],
    ["SCMP_ACT_TRACE", "errno 38"],
    ["SCMP_ACT_TRAP", "kill"],
    ["SCMP_ACT_KILL", "kill"],
    ["SCMP_ACT_KILL_PROCESS", "kill"],
  ] as const;
  for (const [action, expected] of rows) {
    assert.equal(
      verdict({ defaultAction: action, defaultErrnoRet: undefined as never }, "read"),
      expected,
    );
  }
  assert.equal(verdict({ ...RESTRICTIVE, defaultErrnoRet: 13 }, "write"), "errno 13");
});

test("calls newer than the newest that the profile names are not implemented", () => {
  assert.equal(verdict(RESTRICTIVE, "write"), "errno 1");
  assert.equal(verdict(RESTRICTIVE, "openat2"), "errno 38");
  const named = { ...RESTRICTIVE, syscalls: [{ names: ["faccessat2"], action: "SCMP_ACT_ALLOW" }] };
  assert.equal(verdict(named, "openat2"), "errno 1");
  assert.equal(verdict({ syscalls: [] }, "openat2"), "allow");
  assert.equal(
    seccompVerdict(RESTRICTIVE, "openat2", { enosysStub: false }).kind === "errno",
    true,
  );
});

test("the first of two rules wins, and one without conditions beats those with", () => {
  const errno = { names: ["mkdir"], action: "SCMP_ACT_ERRNO", errnoRet: 13 };
  const kill = { names: ["mkdir"], action: "SCMP_ACT_KILL" };
  assert.equal(verdict({ syscalls: [errno, kill] }, "mkdir"), "errno 13");
  const args = [{ index: 0, value: 5, op: "SCMP_CMP_EQ" }];
  assert.equal(verdict({ syscalls: [{ ...kill, args }, errno] }, "mkdir", [5n]), "errno 13");
});

test("conditions", () => {
  function holds(op: string, value: number, arg: bigint, valueTwo = 0): boolean {
    const rule = {
      names: ["f"],
      action: "SCMP_ACT_KILL",
      args: [{ index: 0, value, valueTwo, op }],
    };
    return verdict({ syscalls: [rule] }, "f", [arg]) === "kill";
  }
  assert.equal(holds("SCMP_CMP_NE", 1, 2n), true);
  assert.equal(holds("SCMP_CMP_LT", 1, 1n), false);
  assert.equal(holds("SCMP_CMP_LE", 1, 1n), true);
  assert.equal(holds("SCMP_CMP_GE", 1, 1n), true);
  assert.equal(holds("SCMP_CMP_GT", 1, 1n), false);
  assert.equal(holds("SCMP_CMP_MASKED_EQ", 0xf0, 0x1fn, 0x10), true);
});

test("conditions on several arguments must all hold, several on one any", () => {
  function killed(indexes: readonly number[], args: readonly bigint[]): boolean {
    const conditions = indexes.map((index, position) => ({
      index,
      value: position,
      op: "SCMP_CMP_EQ",
    }));
    const rule = { names: ["f"], action: "SCMP_ACT_KILL", args: conditions };
    return verdict({ syscalls: [rule] }, "f", args) === "kill";
  }
  assert.equal(killed([0, 1], [0n, 1n]), true);
  assert.equal(killed([0, 1], [0n, 7n]), false);
  assert.equal(killed([0, 0], [1n]), true);
});
