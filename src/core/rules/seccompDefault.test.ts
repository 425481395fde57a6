import assert from "node:assert/strict";
import { test } from "node:test";
import { goldenJson } from "../../../test/golden.ts";
import type { OciSeccomp } from "../model/oci.ts";
import type { Release } from "../model/version.ts";
import { CAPABILITIES } from "../tables/capabilities.ts";
import { containerdDefaultProfile, dockerDefaultProfile } from "./seccompDefault.ts";
import { setupSeccomp } from "./seccompProfile.ts";

const DEFAULT_CAPABILITIES =
  "CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE"
    .split(" ")
    .map((name) => `CAP_${name}`);

function profileOf(engine: string, bounding: readonly string[], architecture = "amd64") {
  const [program, version = ""] = engine.split("-");
  const release = version.split(".").slice(0, 2).join(".") as Release;
  const facts = { bounding, kernel: "6.18", architecture } as const;
  if (program === "containerd") return containerdDefaultProfile(release, facts);
  const setup = setupSeccomp(dockerDefaultProfile(release), facts, release);
  assert.equal(setup.error, undefined);
  assert.ok(setup.profile);
  return setup.profile;
}

interface Added {
  readonly namesAdded: readonly string[];
  readonly changed: Readonly<Record<string, unknown>>;
  readonly removed: readonly string[];
}
const BY_CAPABILITY = goldenJson<Record<string, Record<string, Added>>>(
  "containerd/seccomp-by-capability.json",
);

for (const [engine, byCapability] of Object.entries(BY_CAPABILITY)) {
  const folder = engine.split("-")[0];
  test(`${engine}: the default profile of a container with the default capabilities`, () => {
    assert.deepEqual(
      profileOf(engine, DEFAULT_CAPABILITIES),
      goldenJson<OciSeccomp>(`${folder}/seccomp-default-${engine}.json`),
    );
  });

  test(`${engine}: what each capability alone adds`, () => {
    const without = rulesByName(profileOf(engine, []));
    for (const capability of CAPABILITIES) {
      const recorded = byCapability[capability.slice("CAP_".length)];
      const rules = rulesByName(profileOf(engine, [capability]));
      const added = [...rules.keys()].filter((name) => !without.has(name)).sort();
      const changed = [...rules.keys()].filter(
        (name) => without.has(name) && without.get(name) !== rules.get(name),
      );
      assert.deepEqual(added, [...(recorded?.namesAdded ?? [])].sort(), capability);
      assert.deepEqual(changed.sort(), Object.keys(recorded?.changed ?? {}).sort(), capability);
      assert.deepEqual(recorded?.removed ?? [], [], capability);
    }
  });
}

/** Syscall → its rules as text. */
function rulesByName(profile: OciSeccomp): Map<string, string> {
  const found = new Map<string, string>();
  for (const { names, ...rule } of profile.syscalls ?? []) {
    for (const name of names ?? []) {
      found.set(name, (found.get(name) ?? "") + JSON.stringify(rule));
    }
  }
  return found;
}

test("s390x: clone's flags are its second argument, and the architecture's own syscalls are allowed", () => {
  for (const engine of ["containerd-2.1", "docker-28.5"]) {
    const profile = profileOf(engine, [], "s390x");
    const clone = profile.syscalls?.filter((rule) => rule.names?.includes("clone"));
    assert.deepEqual(
      clone?.map((rule) => rule.args?.[0]?.index),
      [1],
    );
    assert.ok(rulesByName(profile).has("s390_runtime_instr"));
    assert.ok(!rulesByName(profile).has("arch_prctl"));
  }
});

test("before kernel 4.8 ptrace needs CAP_SYS_PTRACE", () => {
  const facts = { kernel: "4.4", architecture: "amd64" } as const;
  const old = containerdDefaultProfile("2.1", { ...facts, bounding: [] });
  assert.ok(!rulesByName(old).has("ptrace"));
  const tracer = containerdDefaultProfile("2.1", { ...facts, bounding: ["CAP_SYS_PTRACE"] });
  assert.ok(rulesByName(tracer).has("ptrace"));
});

test("containerd's rules of capabilities stand in the order of the bounding set", () => {
  const facts = { kernel: "6.18", architecture: "amd64" } as const;
  const bounding = ["CAP_SYSLOG", "CAP_SYS_BOOT"];
  const names = (order: readonly string[]) =>
    containerdDefaultProfile("2.1", { ...facts, bounding: order })
      .syscalls?.map((rule) => rule.names?.join(" ") ?? "")
      .filter((text) => text === "syslog" || text === "reboot");
  assert.deepEqual(names(bounding), ["syslog", "reboot"]);
  assert.deepEqual(names(bounding.toReversed()), ["reboot", "syslog"]);
});
