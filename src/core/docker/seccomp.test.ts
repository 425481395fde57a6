import assert from "node:assert/strict";
import { test } from "node:test";
import type { Release } from "../model/version.ts";
import { composeWorld } from "../rules/world.ts";
import { docker } from "./docker.ts";

const RELEASES: readonly Release[] = ["20.10", "26.1", "28.5"];

function ask(version: Release, profile: string | undefined, more: object = {}) {
  const SecurityOpt = profile === undefined ? [] : [`seccomp=${profile}`];
  const world = composeWorld({ runtime: { name: "docker", version } });
  const input = { config: {}, hostConfig: { SecurityOpt, ...more }, image: { user: "" } };
  return docker(input, world).out;
}

function filter(version: Release, profile: string | undefined, more?: object) {
  const { spec, error } = ask(version, profile, more);
  assert.equal(error, undefined);
  return spec?.linux?.seccomp;
}

const ERRNO = "SCMP_ACT_ERRNO";
const ALLOW = "SCMP_ACT_ALLOW";

test("the default profile follows the capabilities", () => {
  for (const version of RELEASES) {
    const names = (more: object) =>
      filter(version, undefined, more)?.syscalls?.flatMap((rule) => rule.names ?? []) ?? [];
    assert.ok(!names({}).includes("acct"), version);
    assert.ok(names({ CapAdd: ["SYS_PACCT"] }).includes("acct"), version);
    assert.ok(!names({ CapDrop: ["SYS_CHROOT"] }).includes("chroot"), version);
  }
});

test("builtin is a word since 26.1, and a profile's text before", () => {
  assert.equal(
    ask("20.10", "builtin").error,
    "Decoding seccomp profile failed: invalid character 'b' looking for beginning of value",
  );
  for (const version of ["26.1", "28.5"] as const) {
    assert.deepEqual(filter(version, "builtin"), filter(version, undefined));
  }
});

test("privileged: no profile, but that of 28.5 when it is asked for", () => {
  const profile = `{"defaultAction":"${ALLOW}"}`;
  for (const version of RELEASES) {
    assert.equal(filter(version, undefined, { Privileged: true }), undefined);
    assert.equal(filter(version, "unconfined", { Privileged: true }), undefined);
  }
  assert.equal(filter("20.10", "no json", { Privileged: true }), undefined);
  assert.equal(filter("26.1", profile, { Privileged: true }), undefined);
  assert.deepEqual(filter("28.5", profile, { Privileged: true }), { defaultAction: ALLOW });
  assert.equal(
    ask("28.5", "builtin", { Privileged: true }).error,
    "Decoding seccomp profile failed: invalid character 'b' looking for beginning of value",
  );
});

test("unconfined, and a profile that says nothing", () => {
  for (const version of RELEASES) {
    assert.equal(filter(version, "unconfined"), undefined);
    assert.equal(filter(version, "{}"), undefined);
    assert.equal(filter(version, "null"), undefined);
  }
});

test("conditions of rules, the old name and the map of architectures", () => {
  const profile = JSON.stringify({
    defaultAction: ALLOW,
    archMap: [
      { architecture: "SCMP_ARCH_AARCH64", subArchitectures: ["SCMP_ARCH_ARM"] },
      { architecture: "SCMP_ARCH_X86_64", subArchitectures: ["SCMP_ARCH_X86"] },
    ],
    syscalls: [
      { name: "mkdir", action: ERRNO, comment: "old" },
      { names: ["chroot"], action: ERRNO, includes: { caps: ["CAP_SYS_CHROOT"] } },
      { names: ["mount"], action: ERRNO, excludes: { caps: ["CAP_CHOWN"] } },
      { names: ["bpf"], action: ERRNO, includes: { minKernel: "99.0" } },
      { names: ["kcmp"], action: ERRNO, includes: { minKernel: "" } },
      { names: ["vm86"], action: ERRNO, includes: { arches: ["arm"] } },
    ],
  });
  for (const version of RELEASES) {
    assert.deepEqual(filter(version, profile), {
      defaultAction: ALLOW,
      architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
      syscalls: [
        { names: ["mkdir"], action: ERRNO },
        { names: ["chroot"], action: ERRNO },
        { names: ["kcmp"], action: ERRNO },
      ],
    });
  }
});

test("flags, listener and default errno are passed on since 26.1; empty ones are left out", () => {
  const profile = JSON.stringify({
    defaultAction: ERRNO,
    defaultErrnoRet: 1,
    flags: ["SECCOMP_FILTER_FLAG_LOG"],
    listenerPath: "/run/agent.sock",
    listenerMetadata: "",
    architectures: [],
    syscalls: [{ names: ["read"], action: ALLOW, errnoRet: 0, args: [{ index: 1, op: "EQ" }] }],
  });
  const syscalls = [
    { names: ["read"], action: ALLOW, errnoRet: 0, args: [{ index: 1, value: 0, op: "EQ" }] },
  ];
  assert.deepEqual(filter("20.10", profile), { defaultAction: ERRNO, syscalls });
  assert.deepEqual(filter("26.1", profile), {
    defaultAction: ERRNO,
    defaultErrnoRet: 1,
    flags: ["SECCOMP_FILTER_FLAG_LOG"],
    listenerPath: "/run/agent.sock",
    syscalls,
  });
});

const DECODING = "Decoding seccomp profile failed: ";
const KERNEL = 'expected "<kernel>.<major>"';
const BROKEN: readonly (readonly [profile: string, error: string])[] = [
  ["/tmp/x.json", "invalid character '/' looking for beginning of value"],
  ["{not json", "invalid character 'n' looking for beginning of object key string"],
  ["{", "unexpected end of JSON input"],
  [
    '{"defaultAction":3}',
    "json: cannot unmarshal number into Go struct field Seccomp.defaultAction of type specs.LinuxSeccompAction",
  ],
  [
    '{"syscalls":{}}',
    "json: cannot unmarshal object into Go struct field Seccomp.syscalls of type []*seccomp.Syscall",
  ],
  [
    '{"syscalls":[{"includes":{"caps":"CAP_CHOWN"}}]}',
    "json: cannot unmarshal string into Go struct field Filter.syscalls.includes.caps of type []string",
  ],
  [
    '{"syscalls":[{"includes":{"minKernel":4.8}}]}',
    `invalid kernel version: 4.8, ${KERNEL}: json: cannot unmarshal number into Go value of type string`,
  ],
  [
    '{"defaultAction":3,"syscalls":[{"excludes":{"minKernel":"4"}}]}',
    `invalid kernel version: "4", ${KERNEL}`,
  ],
  [
    '{"syscalls":[{"includes":{"minKernel":"4.x"}}]}',
    `invalid kernel version: "4.x", ${KERNEL}: strconv.ParseUint: parsing "x": invalid syntax`,
  ],
  [
    '{"syscalls":[{"includes":{"minKernel":"300.1"}}]}',
    `invalid kernel version: "300.1", ${KERNEL}: strconv.ParseUint: parsing "300": value out of range`,
  ],
  [
    '{"syscalls":[{"includes":{"minKernel":"0.0"}}]}',
    `invalid kernel version: "0.0", ${KERNEL}: version cannot be 0.0`,
  ],
];

for (const [profile, error] of BROKEN) {
  test(`broken: ${profile}`, () => {
    for (const version of RELEASES) {
      assert.deepEqual(ask(version, profile), { step: "start", error: DECODING + error });
    }
  });
}

test("what 20.10 does not know, it does not read", () => {
  assert.deepEqual(filter("20.10", `{"defaultAction":"${ALLOW}","flags":7}`), {
    defaultAction: ALLOW,
  });
  assert.equal(
    ask("26.1", `{"defaultAction":"${ALLOW}","flags":7}`).error,
    `${DECODING}json: cannot unmarshal number into Go struct field Seccomp.flags of type []specs.LinuxSeccompFlag`,
  );
});
