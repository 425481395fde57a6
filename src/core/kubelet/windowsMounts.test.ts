import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../../../test/walkPod.ts";
import type { CriMount } from "../model/cri.ts";
import type { WorldFile } from "../model/world.ts";

const WINDOWS: WorldFile = {
  node: { os: "windows", seLinux: true },
  images: { app: { user: "" } },
};
const POD = "c:\\var\\lib\\kubelet\\pods\\u";
const HOSTS = "C:\\Windows\\System32\\drivers\\etc\\hosts";

function onWindows(spec: object, file: WorldFile = {}, pod: object = {}) {
  const volumes = [
    { name: "v", emptyDir: {} },
    { name: "slash", hostPath: { path: "/data" } },
    { name: "drive", hostPath: { path: "D:/data" } },
    { name: "share", hostPath: { path: "\\\\host\\share" } },
  ];
  const containers = [{ name: "c", image: "app", ...spec }];
  const { out } = walk({ volumes, containers, ...pod }, { ...WINDOWS, ...file });
  return out.containers[0];
}

/** The volumes' mounts alone. */
function mountsOf(volumeMount: object, file: WorldFile = {}): CriMount | string | undefined {
  const answer = onWindows({ volumeMounts: [{ name: "v", ...volumeMount }] }, file);
  return answer?.config?.mounts[0] ?? answer?.waiting?.message;
}

test("drives, shares and slashes on both sides of a mount", () => {
  const v = `${POD}\\volumes\\kubernetes.io~empty-dir\\v`;
  const rows: [object, string, string | undefined, WorldFile?][] = [
    [{ mountPath: "C:\\v" }, "C:\\v", v],
    [{ mountPath: "/v" }, "/v", v],
    [{ mountPath: "/v" }, "c:/v", v, { kubernetes: "v1.23" }],
    [{ mountPath: "v" }, "c:\\v", v],
    [{ mountPath: "\\\\.\\pipe\\x" }, "\\\\.\\pipe\\x", v],
    [{ mountPath: "C:/v", subPath: "a/b" }, "C:/v", `${v}\\a\\b`],
    [{ mountPath: "C:/v", subPathExpr: "$(A)" }, "C:/v", undefined],
    [{ name: "slash", mountPath: "C:/v" }, "C:/v", "c:/data"],
    [{ name: "drive", mountPath: "C:/v" }, "C:/v", "D:/data"],
    [{ name: "drive", mountPath: "C:/v", subPath: "x" }, "C:/v", "D:\\data\\x"],
    [{ name: "share", mountPath: "C:/v" }, "C:/v", "\\\\host\\share"],
  ];
  for (const [volumeMount, container_path, host_path, file] of rows) {
    const expected = { container_path, ...(host_path === undefined ? {} : { host_path }) };
    assert.deepEqual(mountsOf(volumeMount, file), expected, JSON.stringify(volumeMount));
  }
});

test("no propagation, no labels, no recursion", () => {
  const v = { container_path: "C:/v", host_path: `${POD}\\volumes\\kubernetes.io~empty-dir\\v` };
  const at = { mountPath: "C:/v", readOnly: true };
  assert.deepEqual(mountsOf({ ...at, mountPropagation: "Bidirectional" }), {
    ...v,
    readonly: true,
  });
  const recursive = (mode: string) => mountsOf({ ...at, recursiveReadOnly: mode });
  assert.deepEqual(recursive("IfPossible"), { ...v, readonly: true });
  assert.equal(
    recursive("Enabled"),
    'failed to resolve recursive read-only mode: volume "v" requested recursive read-only mode, but it is not supported by the runtime',
  );
  for (const subPath of ["\\a", "/a", "C:\\a"]) {
    const message = `error SubPath \`${subPath}\` must not be an absolute path`;
    assert.equal(mountsOf({ mountPath: "C:/v", subPath }), message);
  }
  assert.equal(
    mountsOf({ mountPath: "C:/v", subPath: "a\\..\\b" }),
    "unable to provision SubPath `a\\..\\b`: must not contain '..'",
  );
});

test("the hosts file and the termination log, where the runtime can mount files", () => {
  const log = { terminationMessagePath: "/dev/termination-log" };
  const hosts = { container_path: HOSTS, host_path: `${POD}\\etc-hosts` };
  const own = {
    container_path: "c:/dev/termination-log",
    host_path: `${POD}\\containers\\c\\00000000`,
  };
  assert.deepEqual(onWindows(log)?.config?.mounts, [hosts, own]);
  const host = {
    hostNetwork: true,
    securityContext: { windowsOptions: { hostProcess: true } },
  };
  assert.deepEqual(onWindows(log, {}, host)?.config?.mounts, [own]);
  const docker = { kubernetes: "v1.23", runtime: { name: "dockershim" } } as const;
  assert.deepEqual(onWindows(log, docker)?.config?.mounts, []);
});
