import assert from "node:assert/strict";
import { test } from "node:test";
import type { SeccompProfile, SeccompRule } from "../model/seccompProfile.ts";
import type { Release } from "../model/version.ts";
import { setupSeccomp } from "./seccompProfile.ts";

const FACTS = { bounding: ["CAP_KILL"], kernel: "5.10", architecture: "amd64" } as const;

function namesOf(rules: readonly SeccompRule[], release: Release = "28.5"): (string | undefined)[] {
  const profile = { defaultAction: "SCMP_ACT_ERRNO", syscalls: rules };
  const setup = setupSeccomp(profile, FACTS, release);
  assert.equal(setup.error, undefined);
  return (setup.profile?.syscalls ?? []).map((rule) => rule.names?.join(" "));
}

test("conditions: includes need all, excludes need one", () => {
  const rows: readonly (readonly [Partial<SeccompRule>, boolean])[] = [
    [{}, true],
    [{ includes: {} }, true],
    [{ includes: { caps: ["CAP_KILL"] } }, true],
    [{ includes: { caps: ["CAP_KILL", "CAP_CHOWN"] } }, false],
    [{ includes: { arches: ["x32", "amd64"] } }, true],
    [{ includes: { arches: ["arm64"] } }, false],
    [{ includes: { minKernel: "5.10" } }, true],
    [{ includes: { minKernel: "5.11" } }, false],
    [{ includes: { minKernel: "4.20", caps: ["CAP_CHOWN"] } }, false],
    [{ excludes: { caps: ["CAP_CHOWN", "CAP_KILL"] } }, false],
    [{ excludes: { arches: ["amd64"] } }, false],
    [{ excludes: { minKernel: "5.9" } }, false],
    [{ excludes: { minKernel: "5.11" } }, true],
    [{ includes: { caps: ["CAP_KILL"] }, excludes: { arches: ["amd64"] } }, false],
  ];
  for (const [conditions, holds] of rows) {
    const rule = { names: ["x"], action: "SCMP_ACT_ALLOW", ...conditions };
    assert.deepEqual(namesOf([rule]), holds ? ["x"] : [], JSON.stringify(conditions));
  }
});

test("the old name of a rule, and both", () => {
  assert.deepEqual(namesOf([{ name: "mkdir", action: "a" }]), ["mkdir"]);
  const both = { defaultAction: "a", syscalls: [{ name: "a", names: ["b"], action: "c" }] };
  assert.deepEqual(setupSeccomp(both, FACTS, "20.10"), {
    error: "'name' and 'names' were specified in the seccomp profile, use either 'name' or 'names'",
  });
  assert.deepEqual(setupSeccomp(both, FACTS, "26.1"), {
    error:
      "both 'name' and 'names' are specified in the seccomp profile, use either 'name' or 'names'",
  });
});

test("architectures or their map, not both; the map knows what an architecture runs besides", () => {
  const archMap = [
    { architecture: "SCMP_ARCH_AARCH64", subArchitectures: ["SCMP_ARCH_ARM"] },
    { architecture: "SCMP_ARCH_X86_64", subArchitectures: null },
  ];
  const profile = { defaultAction: "a", archMap };
  assert.deepEqual(setupSeccomp(profile, FACTS, "28.5").profile, {
    defaultAction: "a",
    architectures: ["SCMP_ARCH_X86_64"],
  });
  assert.deepEqual(
    setupSeccomp(profile, { ...FACTS, architecture: "arm64" }, "28.5").profile?.architectures,
    ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
  );
  const both = setupSeccomp({ ...profile, architectures: ["SCMP_ARCH_X86"] }, FACTS, "26.1");
  assert.equal(
    both.error,
    "both 'architectures' and 'archMap' are specified in the seccomp profile, use either 'architectures' or 'archMap'",
  );
});

test("20.10 passes on nothing but action, architectures and rules", () => {
  const profile: SeccompProfile = {
    defaultAction: "a",
    defaultErrnoRet: 2,
    flags: ["SECCOMP_FILTER_FLAG_LOG"],
    syscalls: [{ names: ["x"], action: "b", comment: "why", args: [] }],
  };
  const syscalls = [{ names: ["x"], action: "b" }];
  assert.deepEqual(setupSeccomp(profile, FACTS, "20.10").profile, { defaultAction: "a", syscalls });
  assert.deepEqual(setupSeccomp(profile, FACTS, "26.1").profile, { ...profile, syscalls });
});

test("a profile that says nothing turns seccomp off", () => {
  assert.deepEqual(setupSeccomp({ defaultAction: "" }, FACTS, "28.5"), {});
});
