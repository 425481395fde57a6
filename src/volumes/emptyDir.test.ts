// Volumes that are folders: their group, what is mounted on them, and how they go.
import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { only, podWith, ROOT, withFolder } from "../../test/volumeBench.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import { holdsIn } from "../core/model/version.ts";
import { composeWorld } from "../core/rules/world.ts";
import { kernelVersion } from "../node/node.ts";
import { fillVolumes, memoryMounts, prepareVolumes, removeVolumes } from "./volumes.ts";

test(
  "volumes in memory: a tmpfs with the group, the mode, and the smallest of the sizes",
  ROOT,
  () => {
    withFolder((folder) => {
      const allocatable = { memory: "1Gi" };
      const world = composeWorld({ kubernetes: "v1.30" });
      const emptyDir = (sizeLimit?: string): JsonObject => ({
        emptyDir: { medium: "Memory", ...(sizeLimit === undefined ? {} : { sizeLimit }) },
      });
      const objects = [{ kind: "Secret", metadata: { name: "s" }, data: {} }];
      const rows: readonly [volume: JsonObject, spec: Partial<Pod["spec"]>, options: string[]][] = [
        [emptyDir(), {}, ["mode=1777", "gid=0", "size=1073741824"]],
        [emptyDir("64Mi"), fsGroup(2000), ["mode=3777", "gid=2000", "size=67108864"]],
        [emptyDir("2Gi"), fsGroup(0), ["mode=3777", "gid=0", "size=1073741824"]],
        [emptyDir("64Mi"), limited("32Mi"), ["mode=1777", "gid=0", "size=33554432"]],
        [emptyDir("16Mi"), limited("32Mi"), ["mode=1777", "gid=0", "size=16777216"]],
        [emptyDir(), limited("8Gi"), ["mode=1777", "gid=0", "size=1073741824"]],
        [{ secret: { secretName: "s" } }, fsGroup(7), ["mode=3777", "gid=7", "size=1073741824"]],
        [{ projected: { sources: [] } }, limited("1Mi"), ["mode=1777", "gid=0", "size=1048576"]],
        [{ downwardAPI: { items: [] } }, {}, ["mode=1777", "gid=0", "size=1073741824"]],
      ];
      for (const [volume, spec, options] of rows) {
        const pod = podWith(volume, spec);
        const given = { pod, directory: folder, objects, allocatable };
        const early = memoryMounts({ ...given, world });
        const { mount, path } = only(prepareVolumes({ ...given, world }));
        assert.deepEqual(mount, { kind: "tmpfs", target: path, options });
        assert.deepEqual(early, [mount]);
        // Nothing of it reaches the disk before it is mounted.
        assert.deepEqual(readdirSync(path), []);
        assert.equal(statSync(path).mode & 0o777, 0o700);
        const newer = only(prepareVolumes({ ...given, world: composeWorld({}) })).mount;
        const kept = holdsIn({ since: "6.4" }, kernelVersion(release())) ? ["noswap"] : [];
        assert.deepEqual(newer?.options, [...options, ...kept]);
        const node = { inUserNamespace: true };
        const rootless = only(prepareVolumes({ ...given, world: composeWorld({ node }) })).mount;
        assert.deepEqual(rootless?.options, options);
      }
    });
  },
);

function fsGroup(group: number): Partial<Pod["spec"]> {
  return { securityContext: { fsGroup: group } };
}

function limited(memory: string): Partial<Pod["spec"]> {
  const volumeMounts = [{ name: "v", mountPath: "/v" }];
  return { containers: [{ name: "c", volumeMounts, resources: { limits: { memory } } }] };
}

test("no mount is told early of a volume on the disk, or of one that cannot be set up", () => {
  withFolder((folder) => {
    const missing = join(folder, "nothing", "at", "all");
    for (const volume of [
      ...[{ emptyDir: {} }, { emptyDir: { medium: "HugePages" } }, { configMap: { name: "c" } }],
      { hostPath: { path: missing, type: "DirectoryOrCreate" } },
    ]) {
      const given = { pod: podWith(volume), directory: join(folder, "pod"), objects: [] };
      assert.deepEqual(memoryMounts(given), []);
    }
    assert.deepEqual(readdirSync(folder), [], "nothing is made for them");
  });
});

test("the files of a volume in memory are written where it is mounted, and fail in the kubelet's words", () => {
  withFolder((folder) => {
    const objects = [{ kind: "Secret", metadata: { name: "s" }, stringData: { k: "v" } }];
    const pod = podWith({ secret: { secretName: "s" } });
    const { volumes } = prepareVolumes({ pod, directory: join(folder, "pod"), objects });
    const [{ path } = { path: "" }] = volumes;
    const root = join(folder, "root");
    mkdirSync(join(root, path), { recursive: true });
    assert.equal(fillVolumes(volumes, root), undefined);
    assert.equal(readFileSync(join(root, path, "k"), "utf8"), "v");
    assert.deepEqual(readdirSync(path), []);
    const message = fillVolumes(volumes, join(folder, "elsewhere"))?.message ?? "";
    const start = `MountVolume.SetUp failed for volume "v" : mkdir ${path}/..`;
    assert.ok(message.startsWith(start), message);
    assert.match(message, /: no such file or directory$/);
  });
});

test("fsGroup never leaves the volume: symlinks to the host are changed themselves", ROOT, () => {
  withFolder((folder) => {
    const own = join(folder, "own");
    mkdirSync(join(own, "deep"), { recursive: true });
    writeFileSync(join(folder, "secret"), "s", { mode: 0o600 });
    mkdirSync(join(folder, "etc"), { mode: 0o700 });
    writeFileSync(join(folder, "etc/x"), "", { mode: 0o600 });
    symlinkSync("../secret", join(own, "file"));
    symlinkSync(join(folder, "etc"), join(own, "deep/folder"));
    symlinkSync("/etc/passwd", join(own, "deep/passwd"));
    const passwd = statSync("/etc/passwd");
    const pod = podWith(
      { persistentVolumeClaim: { claimName: "data" } },
      { securityContext: { fsGroup: 4321 } },
    );
    only(prepareVolumes({ pod, directory: folder, objects: [], claims: { data: own } }));
    assert.equal(statSync(join(own, "deep")).gid, 4321);
    assert.equal(lstatSync(join(own, "file")).gid, 4321);
    assert.equal(lstatSync(join(own, "deep/passwd")).gid, 4321);
    for (const path of ["secret", "etc", "etc/x"]) {
      const { gid, mode } = statSync(join(folder, path));
      assert.equal(gid, 0);
      assert.equal(mode & 0o077, 0, path);
    }
    assert.deepEqual(
      [statSync("/etc/passwd").gid, statSync("/etc/passwd").mode],
      [passwd.gid, passwd.mode],
    );
  });
});

test(
  "only what a container mounts is set up, places for nested mounts are made, and all of it goes again",
  ROOT,
  () => {
    withFolder((folder) => {
      const volumeMounts = [
        { name: "v", mountPath: "/etc/app" },
        { name: "w", mountPath: "/etc/app/cache" },
        { name: "w", mountPath: "/etc/app/cache/deeper" },
      ];
      const pod = podWith(
        {},
        {
          containers: [{ name: "c", volumeMounts }],
          volumes: [
            { name: "v", configMap: { name: "cm" } },
            { name: "w", emptyDir: {} },
            { name: "unused", hostPath: { path: "/nonexistent", type: "Directory" } },
          ],
        },
      );
      const objects = [{ kind: "ConfigMap", metadata: { name: "cm" }, data: { a: "1" } }];
      const answer = prepareVolumes({ pod, directory: folder, objects });
      assert.deepEqual(
        answer.volumes.map(({ name }) => name),
        ["v", "w"],
      );
      assert.ok(statSync(join(answer.volumes[0]?.path ?? "", "cache")).isDirectory());
      symlinkSync("/etc", join(answer.volumes[1]?.path ?? "", "etc"));
      removeVolumes(folder);
      assert.deepEqual(readdirSync(folder), []);
      assert.ok(existsSync("/etc/passwd"));
      removeVolumes(folder);
    });
  },
);
