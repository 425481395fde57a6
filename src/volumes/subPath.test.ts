import assert from "node:assert/strict";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { only, podWith, ROOT, withFolder } from "../../test/volumeBench.ts";
import type { VolumeMount } from "../core/model/pod.ts";
import {
  containerMounts,
  type PreparedMount,
  type PreparedVolume,
  prepareVolumes,
} from "./volumes.ts";

function mounts(
  folder: string,
  mount: Partial<VolumeMount>,
  environment: Readonly<Record<string, string>> = {},
  more: Partial<PreparedVolume> = {},
  root = "",
): ReturnType<typeof containerMounts> {
  const volume = { name: "v", plugin: "emptyDir", path: folder, readOnly: false, ...more };
  const volumeMounts = [{ name: "v", mountPath: "/v", ...mount }];
  return containerMounts({ name: "c", volumeMounts }, [volume], environment, root);
}

function inodeOf(mount: PreparedMount | undefined): bigint {
  const fd = mount?.open?.() ?? -1;
  try {
    return fstatSync(fd, { bigint: true }).ino;
  } finally {
    closeSync(fd);
  }
}

test(
  "subPath: made with the volume's mode and group, expanded, and refused where it climbs",
  ROOT,
  () => {
    withFolder((folder) => {
      const pod = podWith({ emptyDir: {} }, { securityContext: { fsGroup: 2000 } });
      const { path } = only(prepareVolumes({ pod, directory: folder, objects: [] }));
      const [made] = mounts(path, { subPath: "a/b" }).mounts;
      assert.equal(made?.source, join(path, "a/b"));
      for (const name of ["a", "a/b"]) {
        const stat = statSync(join(path, name));
        assert.deepEqual([stat.mode & 0o7777, stat.uid, stat.gid], [0o2777, 0, 2000]);
      }
      const found = statSync(join(path, "a/b"), { bigint: true });
      assert.equal(inodeOf(made), found.ino);
      const expanded = mounts(path, { subPathExpr: "logs/$(POD)" }, { POD: "p-1" }).mounts[0];
      assert.equal(expanded?.source, join(path, "logs/p-1"));
      writeFileSync(join(path, "file"), "");
      assert.equal(mounts(path, { subPath: "file" }).mounts[0]?.source, join(path, "file"));

      mkdirSync(join(folder, "outside"));
      symlinkSync(join(folder, "outside"), join(path, "away"));
      symlinkSync("a", join(path, "inside"));
      symlinkSync("nowhere", join(path, "dangling"));
      symlinkSync("loop", join(path, "loop"));
      symlinkSync(join(path, "a"), join(path, "absolute"));
      symlinkSync("../../inside/../a", join(path, "a/b/up"));
      symlinkSync("../../..", join(path, "a/b/out"));
      for (const way of ["inside/b", "absolute/b", "a/b/up/b", "./a//b/"]) {
        assert.equal(inodeOf(mounts(path, { subPath: way }).mounts[0]), found.ino, way);
      }
      const of = 'for volumeMount "v" of container "c"';
      const rows: readonly [mount: Partial<VolumeMount>, failure: string][] = [
        [{ subPath: "away" }, `failed to prepare subPath ${of}`],
        [{ subPath: "away/new" }, `failed to create subPath directory ${of}`],
        [{ subPath: "a/b/out" }, `failed to prepare subPath ${of}`],
        [{ subPath: "a/b/out/new" }, `failed to create subPath directory ${of}`],
        [{ subPath: "loop" }, `failed to prepare subPath ${of}`],
        [{ subPath: "dangling" }, `failed to create subPath directory ${of}`],
        [{ subPath: "dangling/x" }, `failed to create subPath directory ${of}`],
        [{ subPath: "file/x" }, `failed to prepare subPath ${of}`],
        [{ subPath: "/a" }, "error SubPath `/a` must not be an absolute path"],
        [{ subPath: "a/../b" }, "unable to provision SubPath `a/../b`: must not contain '..'"],
        [{ subPathExpr: "$(B)/$(A)" }, "missing value for A, B"],
        [{ subPathExpr: "$(UP)" }, "unable to provision SubPath `../x`: must not contain '..'"],
        [{ name: "w" }, 'cannot find volume "w" to mount into container "c"'],
      ];
      for (const [mount, message] of rows) {
        assert.deepEqual(mounts(path, mount, { UP: "../x" }).failure, {
          reason: "CreateContainerConfigError",
          message,
        });
      }
      assert.deepEqual(readdirSync(join(folder, "outside")), []);
    });
  },
);

test("a subPath is opened anew for each start, and whatever was swapped in between leads nowhere else", () => {
  withFolder((folder) => {
    const volume = join(folder, "v");
    mkdirSync(join(volume, "part"), { recursive: true });
    mkdirSync(join(folder, "outside"));
    const [mount] = mounts(volume, { subPath: "part" }).mounts;
    assert.equal(inodeOf(mount), statSync(join(volume, "part"), { bigint: true }).ino);
    renameSync(join(volume, "part"), join(volume, "was"));
    symlinkSync(join(folder, "outside"), join(volume, "part"));
    assert.throws(() => inodeOf(mount), {
      message: 'failed to prepare subPath for volumeMount "v" of container "c"',
    });
    unlinkSync(join(volume, "part"));
    assert.equal(inodeOf(mount), statSync(join(volume, "part"), { bigint: true }).ino);
    assert.deepEqual(readdirSync(join(folder, "outside")), []);
  });
});

test("a volume of another mount table is looked into from there; a hostPath without type is made", () => {
  withFolder((folder) => {
    const volume = join(folder, "v");
    // What stands there in this process's own table is another folder.
    const root = join(folder, "root");
    for (const path of [volume, join(root, volume)]) mkdirSync(path, { recursive: true });
    symlinkSync(volume, join(root, volume, "itself"));
    const [mount] = mounts(volume, { subPath: "itself/x" }, {}, {}, root).mounts;
    assert.equal(mount?.source, join(volume, "itself/x"));
    assert.equal(inodeOf(mount), statSync(join(root, volume, "x"), { bigint: true }).ino);
    assert.deepEqual(readdirSync(volume), []);
    const path = join(folder, "not/there");
    assert.equal(mounts(path, {}, {}, { plugin: "hostPath" }).mounts[0]?.source, path);
    assert.ok(statSync(path).isDirectory());
    assert.equal(mounts(path, { readOnly: true }).mounts[0]?.readOnly, true);
    assert.equal(mounts(path, {}, {}, { readOnly: true }).mounts[0]?.readOnly, true);
  });
});
