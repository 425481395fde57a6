import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { JsonObject } from "../core/model/json.ts";
import type { Pod, VolumeMount } from "../core/model/pod.ts";
import { removeTree } from "../node/removeTree.ts";
import {
  containerMounts,
  type PreparedVolume,
  prepareVolumes,
  removeVolumes,
  type VolumesAnswer,
  type VolumesInput,
} from "./volumes.ts";

const ROOT = { skip: process.getuid?.() === 0 ? false : "needs root: owners are changed" };

function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "secctx-volumes-"));
  try {
    return use(folder);
  } finally {
    removeTree(folder);
  }
}

function podWith(volume: JsonObject, more: Partial<Pod["spec"]> = {}): Pod {
  return {
    metadata: {
      name: "p",
      namespace: "lab",
      uid: "1-2",
      labels: { b: 'say "hi"', a: "1" },
      annotations: { note: "line\nline" },
    },
    spec: {
      containers: [{ name: "c", volumeMounts: [{ name: "v", mountPath: "/v" }] }],
      volumes: [{ name: "v", ...volume }],
      ...more,
    },
  };
}

function prepare(
  directory: string,
  volume: JsonObject,
  more: Partial<VolumesInput> = {},
): VolumesAnswer {
  return prepareVolumes({ pod: podWith(volume), directory, objects: [], ...more });
}

function only(answer: VolumesAnswer): PreparedVolume {
  assert.equal(answer.failure, undefined);
  const [volume] = answer.volumes;
  assert.ok(volume !== undefined);
  return volume;
}

test("hostPath: every type against everything that may stand there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-volumes-"));
  const server = createServer().listen(join(folder, "sock"));
  await new Promise((resolve) => server.on("listening", resolve));
  mkdirSync(join(folder, "dir"));
  writeFileSync(join(folder, "file"), "");
  symlinkSync("dir", join(folder, "link"));
  const here = (name: string): string => join(folder, name);
  const typed = "hostPath type check failed";
  const rows: readonly [path: string, type: string | null, failure: string | undefined][] = [
    [here("dir"), "Directory", undefined],
    [here("link"), "Directory", undefined],
    [here("file"), "File", undefined],
    [here("sock"), "Socket", undefined],
    ["/dev/null", "CharDevice", undefined],
    [here("missing"), null, undefined],
    [here("missing"), "", undefined],
    [here("new/dir"), "DirectoryOrCreate", undefined],
    [here("newfile"), "FileOrCreate", undefined],
    [here("dir"), "DirectoryOrCreate", undefined],
    [here("file"), "Directory", `${typed}: ${here("file")} is not a directory, it's a File`],
    [
      here("file"),
      "DirectoryOrCreate",
      `${typed}: ${here("file")} is not a directory, it's a File`,
    ],
    [here("dir"), "File", `${typed}: ${here("dir")} is not a file, it's a Directory`],
    [here("dir"), "FileOrCreate", `${typed}: ${here("dir")} is not a file, it's a Directory`],
    [here("file"), "Socket", `${typed}: ${here("file")} is not a socket file, it's a File`],
    [here("sock"), "File", `${typed}: ${here("sock")} is not a file, it's a Socket`],
    ["/dev/null", "BlockDevice", `${typed}: /dev/null is not a block device, it's a CharDevice`],
    [
      here("dir"),
      "CharDevice",
      `${typed}: ${here("dir")} is not a character device, it's a Directory`,
    ],
    [
      here("none"),
      "Directory",
      `${typed}, ${here("none")} is not a directory, unable to determine its type: path "${here("none")}" does not exist`,
    ],
    [here("file/x"), "FileOrCreate", `open ${here("file/x")}: not a directory`],
    [here("no/x"), "FileOrCreate", `open ${here("no/x")}: no such file or directory`],
    [
      here("dir/../file"),
      "File",
      `invalid HostPath \`${here("dir")}/../file\`: must not contain '..'`,
    ],
    [here("dir"), "Folder", "Folder is an invalid volume type"],
  ];
  for (const [plain, type, failure] of rows) {
    const path = failure?.includes("..") === true ? `${here("dir")}/../file` : plain;
    const answer = prepare(folder, { hostPath: { path, ...(type === null ? {} : { type }) } });
    assert.equal(
      answer.failure?.message,
      failure === undefined ? undefined : `MountVolume.SetUp failed for volume "v" : ${failure}`,
    );
  }
  assert.equal(statSync(here("new/dir")).mode & 0o777, 0o755);
  assert.equal(statSync(here("newfile")).mode & 0o777, 0o644);
  server.close();
  removeTree(folder);
});

test("objects that are missing, keys that are missing, and what is optional", ROOT, () => {
  withFolder((folder) => {
    const objects: JsonObject[] = [
      { kind: "ConfigMap", metadata: { name: "cm", namespace: "lab" }, data: { a: "1" } },
      { kind: "ConfigMap", metadata: { name: "elsewhere", namespace: "other" }, data: {} },
      {
        kind: "Secret",
        metadata: { name: "s" },
        data: { k: "aGk=" },
        stringData: { k: "over", t: "x" },
      },
    ];
    const items = [{ key: "nope", path: "x" }];
    const rows: readonly [volume: JsonObject, failure: string | undefined][] = [
      [{ configMap: { name: "cm" } }, undefined],
      [{ configMap: { name: "no" } }, 'configmap "no" not found'],
      [{ configMap: { name: "elsewhere" } }, 'configmap "elsewhere" not found'],
      [{ configMap: { name: "no", optional: true } }, undefined],
      [{ configMap: { name: "cm", items } }, "configmap references non-existent config key: nope"],
      [{ configMap: { name: "cm", items, optional: true } }, undefined],
      [{ secret: { secretName: "no" } }, 'secret "no" not found'],
      [{ secret: { secretName: "s", items } }, "references non-existent secret key: nope"],
      [
        { projected: { sources: [{ secret: { name: "x" } }, { configMap: { name: "y" } }] } },
        '[secret "x" not found, configmap "y" not found]',
      ],
      [{ projected: { sources: [{ configMap: { name: "kube-root-ca.crt" } }] } }, undefined],
      [
        { configMap: { name: "cm", items: [{ key: "a", path: "../x" }] } },
        "invalid path: must not contain '..': ../x",
      ],
      [
        { configMap: { name: "cm", items: [{ key: "a", path: "/x" }] } },
        "invalid path: must be relative path: /x",
      ],
      [
        { configMap: { name: "cm", items: [{ key: "a", path: "..x" }] } },
        "invalid path: must not start with '..': ..x",
      ],
      [
        { downwardAPI: { items: [{ path: "x", fieldRef: { fieldPath: "spec.nodeName" } }] } },
        "unsupported fieldPath: spec.nodeName",
      ],
      [{ emptyDir: { medium: "Disk" } }, 'unknown storage medium "Disk"'],
      [{ nfs: { server: "x", path: "/" } }, "secctx has no nfs volumes on this machine"],
    ];
    for (const [volume, failure] of rows) {
      const answer = prepare(mkdtempSync(join(folder, "pod-")), volume, { objects });
      assert.equal(
        answer.failure?.message,
        failure === undefined ? undefined : `MountVolume.SetUp failed for volume "v" : ${failure}`,
      );
    }
    const secret = only(prepare(folder, { secret: { secretName: "s" } }, { objects }));
    assert.equal(readFileSync(join(secret.path, "k"), "utf8"), "over");
    assert.equal(readFileSync(join(secret.path, "t"), "utf8"), "x");
    assert.equal(secret.readOnly, true);
  });
});

test("a claim: not there, mapped, bound to a folder, and provisioned", ROOT, () => {
  withFolder((folder) => {
    const volume = { persistentVolumeClaim: { claimName: "data" } };
    assert.equal(
      prepare(folder, volume).failure?.message,
      'Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[v]: error processing PVC lab/data: failed to fetch PVC from API server: persistentvolumeclaims "data" not found',
    );
    const claim = { kind: "PersistentVolumeClaim", metadata: { name: "data", namespace: "lab" } };
    const fresh = only(prepare(join(folder, "one"), volume, { objects: [claim] }));
    assert.equal(statSync(fresh.path).mode & 0o7777, 0o777);
    mkdirSync(join(folder, "own"));
    const told = prepare(folder, volume, { claims: { data: join(folder, "own") } });
    assert.equal(only(told).path, join(folder, "own"));
    const gone = prepare(folder, volume, { claims: { data: join(folder, "gone") } });
    assert.match(gone.failure?.message ?? "", /: path ".*\/gone" does not exist$/);
    const bound = {
      kind: "PersistentVolume",
      metadata: { name: "pv" },
      spec: { hostPath: { path: join(folder, "host"), type: "DirectoryOrCreate" } },
    };
    const claimed = { ...claim, spec: { volumeName: "pv" } };
    assert.equal(
      only(prepare(folder, volume, { objects: [claimed, bound] })).path,
      join(folder, "host"),
    );
  });
});

test("what a pod tells of itself in files", ROOT, () => {
  withFolder((folder) => {
    const field = (path: string, fieldPath: string): JsonObject => ({
      path,
      fieldRef: { fieldPath },
    });
    const resource = (path: string, what: string, divisor?: string): JsonObject => ({
      path,
      resourceFieldRef: {
        containerName: "c",
        resource: what,
        ...(divisor === undefined ? {} : { divisor }),
      },
    });
    const items = [
      field("name", "metadata.name"),
      field("labels", "metadata.labels"),
      field("one", "metadata.labels['a']"),
      field("notes", "metadata.annotations"),
      { ...field("deep/uid", "metadata.uid"), mode: 0o400 },
      resource("cpu", "limits.cpu", "1m"),
      resource("cores", "requests.cpu"),
      resource("memory", "limits.memory", "1Mi"),
    ];
    const pod = podWith({ downwardAPI: { items, defaultMode: 0o640 } });
    const [container] = pod.spec.containers;
    const volume = only(
      prepareVolumes({
        pod: {
          ...pod,
          spec: {
            ...pod.spec,
            containers: [
              { ...(container ?? { name: "c" }), resources: { requests: { cpu: "1500m" } } },
            ],
          },
        },
        directory: folder,
        objects: [],
        allocatable: { cpu: "4", memory: "3Gi" },
      }),
    );
    const read = (name: string): string => readFileSync(join(volume.path, name), "utf8");
    assert.equal(read("name"), "p");
    assert.equal(read("labels"), 'a="1"\nb="say \\"hi\\""');
    assert.equal(read("one"), "1");
    assert.equal(read("notes"), 'note="line\\nline"');
    assert.equal(read("cpu"), "4000");
    assert.equal(read("cores"), "2");
    assert.equal(read("memory"), "3072");
    assert.equal(statSync(join(volume.path, "deep/uid")).mode & 0o777, 0o400);
    assert.equal(statSync(join(volume.path, "name")).mode & 0o777, 0o640);
  });
});

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
