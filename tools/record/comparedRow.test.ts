import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedRow, restOfRow } from "./comparedRow.ts";

const RAN = {
  case: "c",
  stage: "ok",
  ociSpec: {
    process: { user: { uid: 0, gid: 0, additionalGids: [0, 9000, 2000] } },
    linux: {
      devices: [{ path: "/dev/fuse", type: "c", major: 10, minor: 229, fileMode: 384, uid: 0 }],
    },
  },
  observed: {
    hostProcStatus: { CapEff: "00" },
    inside: { self: "Uid: 0", pid: "29771", mkdir: "ok" },
  },
};

test("the machine's modes of devices, drawn orders and process ids are no difference", () => {
  const other = structuredClone(RAN);
  other.ociSpec.process.user.additionalGids = [0, 2000, 9000];
  other.ociSpec.linux.devices[0] = { ...RAN.ociSpec.linux.devices[0], fileMode: 438 } as never;
  other.observed.inside.pid = "12";
  assert.deepEqual(comparedRow(other, ""), comparedRow(RAN, ""));
  assert.deepEqual(restOfRow(other), restOfRow(RAN));
});

const CHANGES: readonly (readonly [string, (row: typeof RAN) => void])[] = [
  ["a stage", (row) => (row.stage = "create")],
  ["a group", (row) => row.ociSpec.process.user.additionalGids.push(1)],
  ["a device", (row) => row.ociSpec.linux.devices.pop()],
  ["a kernel's capability", (row) => (row.observed.hostProcStatus.CapEff = "01")],
  ["what a program in the container sees", (row) => (row.observed.inside.self = "Uid: 1")],
];

for (const [what, change] of CHANGES) {
  test(`${what} is a difference`, () => {
    const other = structuredClone(RAN);
    change(other);
    assert.notDeepEqual(comparedRow(other, ""), comparedRow(RAN, ""));
  });
}

test("what is not compared is still shown", () => {
  const other = structuredClone(RAN);
  other.observed.inside.mkdir = "Read-only file system";
  assert.deepEqual(comparedRow(other, ""), comparedRow(RAN, ""));
  assert.notDeepEqual(restOfRow(other), restOfRow(RAN));
});

const ERRORS: readonly (readonly [string, string, boolean])[] = [
  [
    "mount callback failed on /a/tmpmounts/containerd-mount12: no users found",
    "mount callback failed on /b/tmpmounts/containerd-mount3: no users found",
    true,
  ],
  [
    "bind-mount /proc/1/ns/net -> /run/a/netns/0f",
    "bind-mount /proc/2/ns/net -> /b/netns/aa",
    true,
  ],
  ["no users found", "no groups found", false],
];

for (const [left, right, same] of ERRORS) {
  test(`refusals ${same ? "agree" : "differ"}: ${left}`, () => {
    const [a, b] = [left, right].map((error) => comparedRow({ stage: "create", error }, ""));
    if (same) assert.deepEqual(a, b);
    else assert.notDeepEqual(a, b);
  });
}

test("of a YAML error the line counts, not the wording", () => {
  const answer = (error: string) => comparedRow({ kind: "value", name: "n", error }, "");
  assert.deepEqual(answer("yaml: line 2: found x"), answer("line 2: other words"));
  assert.notDeepEqual(answer("yaml: line 2: found x"), answer("yaml: line 3: found x"));
});
