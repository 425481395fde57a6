// Volumes that are folders: their group, what is mounted on them, and how they go.
import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { only, podWith, ROOT, withFolder } from "../../test/volumeBench.ts";
import type { JsonObject } from "../core/model/json.ts";
import { prepareVolumes, removeVolumes } from "./volumes.ts";

test("emptyDir in memory: a tmpfs with the group, the mode and the smaller size", ROOT, () => {
  withFolder((folder) => {
    const allocatable = { memory: "1Gi" };
    const rows: readonly [volume: JsonObject, fsGroup: number | undefined, options: string[]][] = [
      [{ medium: "Memory" }, undefined, ["mode=1777", "gid=0", "size=1073741824"]],
      [{ medium: "Memory", sizeLimit: "64Mi" }, 2000, ["mode=3777", "gid=2000", "size=67108864"]],
      [{ medium: "Memory", sizeLimit: "2Gi" }, 0, ["mode=3777", "gid=0", "size=1073741824"]],
    ];
    for (const [emptyDir, fsGroup, options] of rows) {
      const pod = podWith(
        { emptyDir },
        fsGroup === undefined ? {} : { securityContext: { fsGroup } },
      );
      const volume = only(prepareVolumes({ pod, directory: folder, objects: [], allocatable }));
      assert.deepEqual(volume.mount?.options, options);
      assert.deepEqual(readdirSync(volume.mount?.target ?? ""), []);
    }
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
