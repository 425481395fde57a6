import assert from "node:assert/strict";
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { only, podWith, ROOT, withFolder } from "../../test/volumeBench.ts";
import type { VolumeMount } from "../core/model/pod.ts";
import { containerMounts, type PreparedVolume, prepareVolumes } from "./volumes.ts";

function mounts(
  folder: string,
  mount: Partial<VolumeMount>,
  environment: Readonly<Record<string, string>> = {},
  more: Partial<PreparedVolume> = {},
): ReturnType<typeof containerMounts> {
  const volume = { name: "v", plugin: "emptyDir", path: folder, readOnly: false, ...more };
  const volumeMounts = [{ name: "v", mountPath: "/v", ...mount }];
  return containerMounts({ name: "c", volumeMounts }, [volume], environment);
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
      assert.deepEqual(made?.identity, { dev: found.dev, ino: found.ino });
      const expanded = mounts(path, { subPathExpr: "logs/$(POD)" }, { POD: "p-1" }).mounts[0];
      assert.equal(expanded?.source, join(path, "logs/p-1"));
      writeFileSync(join(path, "file"), "");
      assert.equal(mounts(path, { subPath: "file" }).mounts[0]?.source, join(path, "file"));

      mkdirSync(join(folder, "outside"));
      symlinkSync(join(folder, "outside"), join(path, "away"));
      symlinkSync("a", join(path, "inside"));
      symlinkSync("nowhere", join(path, "dangling"));
      symlinkSync("loop", join(path, "loop"));
      assert.equal(mounts(path, { subPath: "inside/b" }).mounts[0]?.source, join(path, "a/b"));
      const of = 'for volumeMount "v" of container "c"';
      const rows: readonly [mount: Partial<VolumeMount>, failure: string][] = [
        [{ subPath: "away" }, `failed to prepare subPath ${of}`],
        [{ subPath: "away/new" }, `failed to create subPath directory ${of}`],
        [{ subPath: "loop" }, `failed to prepare subPath ${of}`],
        [{ subPath: "dangling" }, `failed to prepare subPath ${of}`],
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

test("a subPath in a tmpfs is left to the engine; a hostPath without type is made", () => {
  withFolder((folder) => {
    const mount = { kind: "tmpfs" as const, target: folder, options: ["mode=3777", "gid=7"] };
    assert.deepEqual(mounts(folder, { subPath: "x" }, {}, { mount }).mounts[0]?.create, {
      path: join(folder, "x"),
      mode: 0o3777,
    });
    const path = join(folder, "not/there");
    assert.equal(mounts(path, {}, {}, { plugin: "hostPath" }).mounts[0]?.source, path);
    assert.ok(statSync(path).isDirectory());
    assert.equal(mounts(path, { readOnly: true }).mounts[0]?.readOnly, true);
    assert.equal(mounts(path, {}, {}, { readOnly: true }).mounts[0]?.readOnly, true);
  });
});
