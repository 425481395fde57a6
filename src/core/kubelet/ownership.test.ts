import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pod } from "../model/pod.ts";
import { DEFAULT_WORLD } from "../model/world.ts";
import { ownedEntry, ownershipOf, skipsOwnership } from "./changePermissions.ts";
import { type ListedEntry, type OwnershipInput, ownership } from "./ownership.ts";
import { fsUserFrom, isMounted } from "./volumeTree.ts";

function afterOf(input: OwnershipInput, world = DEFAULT_WORLD): string[] {
  return ownership(input, world).out.after.map(
    ({ path, mode, octal, uid, gid }) => `${path} ${mode} ${octal} ${uid}:${gid}`,
  );
}
function entry(path: string, mode: string, octal: string, uid = 0, gid = 0): ListedEntry {
  const types: Record<string, string> = { d: "dir", l: "symlink", "-": "file" };
  return { path, type: types[mode.slice(0, 1)] ?? "fifo", mode, octal, uid, gid };
}

test("an entry gets the group and the group's bits; setuid stays, symlinks keep their mode", () => {
  const wish = { fsGroup: 2000, readOnly: false };
  const rows: [string, number, number][] = [
    ["file", 0o000, 0o660],
    ["file", 0o4755, 0o4775],
    ["dir", 0o700, 0o2770],
    ["dir", 0o1777, 0o3777],
    ["fifo", 0o600, 0o660],
    ["symlink", 0o777, 0o777],
  ];
  for (const [type, mode, expected] of rows) {
    assert.deepEqual(ownedEntry({ type, mode, gid: 5 }, wish), { mode: expected, gid: 2000 });
  }
  const readOnly = { fsGroup: 0, readOnly: true };
  assert.equal(ownedEntry({ type: "file", mode: 0o400, gid: 5 }, readOnly).mode, 0o440);
  assert.equal(ownedEntry({ type: "dir", mode: 0o755, gid: 5 }, readOnly).mode, 0o2755);
  assert.equal(ownedEntry({ type: "file", mode: 0, gid: 5 }, { ...wish, fsGroup: -1 }).gid, 5);
  assert.equal(
    ownedEntry({ type: "file", mode: 0, gid: 5 }, { ...wish, fsGroup: -5 }).gid,
    4294967291,
  );
});

test("OnRootMismatch looks at the root's group, bits and setgid", () => {
  const wish = { fsGroup: 5, readOnly: false };
  const skips = (mode: number, gid: number, policy: string | undefined = "OnRootMismatch") =>
    skipsOwnership({ type: "dir", mode, gid }, policy, wish);
  assert.equal(skips(0o2770, 5), true);
  assert.equal(skips(0o2775, 5), true);
  assert.equal(skips(0o2770, 5, "Always"), false);
  assert.equal(skips(0o2770, 5, undefined), true);
  assert.equal(skips(0o0770, 5), false);
  assert.equal(skips(0o2750, 5), false);
  assert.equal(skips(0o2770, 6), false);
});

test("which plugins own, and which honour the policy", () => {
  const rw = { readOnly: false, honoursPolicy: true };
  const rows: [Parameters<typeof ownershipOf>[0], ReturnType<typeof ownershipOf>][] = [
    [{ plugin: "emptyDir" }, { readOnly: false, honoursPolicy: false }],
    [{ plugin: "kubernetes.io/configmap" }, { readOnly: true, honoursPolicy: false }],
    [{ plugin: "hostPath" }, undefined],
    [{ plugin: "nfs" }, undefined],
    [{ plugin: "local-volume" }, rw],
    [{ plugin: "local", readOnly: true }, undefined],
    [{ plugin: "csi", fsType: "ext4", accessModes: ["ReadWriteOnce"] }, rw],
    [{ plugin: "csi", fsType: "ext4", accessModes: ["ReadWriteOncePod"] }, rw],
    [{ plugin: "csi", fsType: "ext4", accessModes: ["ReadWriteMany"] }, undefined],
    [{ plugin: "csi", fsType: "ext4" }, rw],
    [{ plugin: "csi" }, undefined],
    [{ plugin: "csi", fsGroupPolicy: "File" }, rw],
    [{ plugin: "csi", fsGroupPolicy: "None", fsType: "ext4" }, undefined],
    [{ plugin: "csi", fsGroupPolicy: "File", readOnly: true }, undefined],
  ];
  for (const [volume, expected] of rows) {
    assert.deepEqual(ownershipOf(volume), expected, JSON.stringify(volume));
  }
});

test("a tree found on disk: the kubelet's folders above it stay as they are", () => {
  const before = [
    entry(".", "drwxr-xr-x", "0755"),
    entry("kubernetes.io~empty-dir", "drwxr-xr-x", "0755"),
    entry("kubernetes.io~empty-dir/d", "drwxr-x---", "0750", 11, 12),
    entry("kubernetes.io~empty-dir/d/f", "-rw-------", "0600", 5, 6),
    entry("kubernetes.io~empty-dir/d/p", "prw-------", "0600", 1, 1),
  ];
  assert.deepEqual(afterOf({ volume: { plugin: "emptyDir" }, fsGroup: 2000, before }), [
    "kubernetes.io~empty-dir drwxr-xr-x 0755 0:0",
    "kubernetes.io~empty-dir/d drwxrwsrwx 2777 11:2000",
    "kubernetes.io~empty-dir/d/f -rw-rw---- 0660 5:2000",
    "kubernetes.io~empty-dir/d/p prw-rw---- 0660 1:2000",
  ]);
  assert.deepEqual(afterOf({ volume: { plugin: "emptyDir" }, before: before.slice(1, 3) }), [
    "kubernetes.io~empty-dir drwxr-xr-x 0755 0:0",
    "kubernetes.io~empty-dir/d drwxrwxrwx 0777 11:12",
  ]);
});

test("the root may be spelled in any way, and need not be listed first", () => {
  const volume = { plugin: "local" };
  for (const root of [".", "data", "/srv/data"]) {
    const child = root === "." ? "f" : `${root}/f`;
    const before = [entry(child, "-rw-------", "0600"), entry(root, "drwx------", "0700")];
    assert.deepEqual(afterOf({ volume, fsGroup: 7, before }), [
      `${child} -rw-rw---- 0660 0:7`,
      `${root} drwxrws--- 2770 0:7`,
    ]);
  }
});

test("the trees that the kubelet writes itself", () => {
  const files = [{ path: "d/k", mode: 0o600 }, { path: "t" }];
  const secret = { plugin: "secret", defaultMode: 0o440, files, name: "v" };
  assert.deepEqual(afterOf({ volume: secret, fsGroup: null }), [
    "v drwxrwxrwt 1777 0:0",
    "v/..ts drwxr-xr-x 0755 0:0",
    "v/..ts/d drwxr-xr-x 0755 0:0",
    "v/..ts/d/k -rw------- 0600 0:0",
    "v/..ts/t -r--r----- 0440 0:0",
    "v/..data lrwxrwxrwx 0777 0:0",
    "v/d lrwxrwxrwx 0777 0:0",
    "v/t lrwxrwxrwx 0777 0:0",
  ]);
  const token = { plugin: "projected", files: [{ path: "token", token: true }] };
  const line = (input: Omit<OwnershipInput, "volume">) => afterOf({ volume: token, ...input })[2];
  assert.equal(line({}), "..ts/token -rw-r--r-- 0644 0:0");
  assert.equal(line({ runAsUser: 5 }), "..ts/token -rw------- 0600 5:0");
  assert.equal(line({ fsGroup: 7 }), "..ts/token -rw-r----- 0640 0:7");
  assert.equal(line({ fsGroup: 7, runAsUser: 5 }), "..ts/token -rw-r----- 0640 5:7");
  assert.deepEqual(afterOf({ volume: { plugin: "hostPath" }, fsGroup: 5 }), []);
});

test("emptyDir's own mode needs its gate; memory is sticky", () => {
  const volume = { plugin: "emptyDir", mode: 0o1770, name: "v" };
  assert.deepEqual(afterOf({ volume }), ["v drwxrwxrwx 0777 0:0"]);
  const world = { ...DEFAULT_WORLD, featureGates: { EmptyDirVolumeMode: true } };
  assert.deepEqual(afterOf({ volume }, world), ["v drwxrwx--T 1770 0:0"]);
  assert.deepEqual(afterOf({ volume: { plugin: "emptyDir", medium: "Memory" }, fsGroup: 5 }), [
    ". drwxrwsrwt 3777 0:5",
  ]);
});

test("the one user of all containers, and volumes that nobody mounts", () => {
  const pod = (pod: object, ...users: (number | undefined)[]) =>
    ({
      spec: {
        securityContext: pod,
        containers: users.map((runAsUser, index) => ({
          name: `c${index}`,
          volumeMounts: [{ name: "v", mountPath: "/v" }],
          securityContext: runAsUser === undefined ? {} : { runAsUser },
        })),
      },
    }) as Pod;
  assert.equal(fsUserFrom(pod({}, 5, 5)), 5);
  assert.equal(fsUserFrom(pod({}, 5, 6)), undefined);
  assert.equal(fsUserFrom(pod({}, 5, undefined)), undefined);
  assert.equal(fsUserFrom(pod({ runAsUser: 5 }, 5, undefined)), 5);
  assert.equal(fsUserFrom(pod({ runAsUser: 0 }, undefined)), 0);
  assert.equal(isMounted(pod({}, 5), "v"), true);
  assert.equal(isMounted(pod({}, 5), "w"), false);
});
