import assert from "node:assert/strict";
import { test } from "node:test";
import { one, walk } from "../../../test/walkPod.ts";
import type { WorldFile } from "../model/world.ts";

test("mounts: what is read-only, how deep, and how they propagate", () => {
  const volumes = [
    { name: "e", emptyDir: {} },
    { name: "s", secret: { secretName: "x" } },
    { name: "h", hostPath: { path: "/srv" } },
    { name: "p", persistentVolumeClaim: { claimName: "x", readOnly: true } },
  ];
  const mount = (volumeMount: object, file: WorldFile = {}) => {
    const containers = [{ name: "c", image: "app", volumeMounts: [volumeMount] }];
    const container = walk({ securityContext: {}, volumes, containers }, file).out.containers[0];
    return container?.waiting?.message ?? container?.config?.mounts[0];
  };
  const folder = "/var/lib/kubelet/pods/u/volumes/kubernetes.io~";
  assert.deepEqual(mount({ name: "e", mountPath: "d" }), {
    container_path: "/d",
    host_path: `${folder}empty-dir/e`,
  });
  assert.deepEqual(mount({ name: "s", mountPath: "/s" }), {
    container_path: "/s",
    readonly: true,
    host_path: `${folder}secret/s`,
  });
  assert.deepEqual(mount({ name: "p", mountPath: "/p" }), { container_path: "/p", readonly: true });
  assert.deepEqual(mount({ name: "h", mountPath: "/h", mountPropagation: "Bidirectional" }), {
    container_path: "/h",
    propagation: "PROPAGATION_BIDIRECTIONAL",
    host_path: "/srv",
  });
  assert.equal(
    mount({ name: "h", mountPath: "/h", mountPropagation: "Odd" }),
    'invalid MountPropagation mode: "Odd"',
  );
  assert.equal(
    mount({ name: "no", mountPath: "/h" }),
    'cannot find volume "no" to mount into container "c"',
  );
  assert.equal(
    mount({ name: "e", mountPath: "/h", subPath: "/a" }),
    "error SubPath `/a` must not be an absolute path",
  );
  assert.equal(
    mount({ name: "e", mountPath: "/h", subPath: "a/../b" }),
    "unable to provision SubPath `a/../b`: must not contain '..'",
  );
  const recursive = (more: object, file?: WorldFile) =>
    mount({ name: "h", mountPath: "/h", recursiveReadOnly: "Enabled", ...more }, file);
  const asks =
    'failed to resolve recursive read-only mode: volume "h" requested recursive read-only mode, but it is not';
  assert.equal(recursive({}), `${asks} read-only`);
  assert.equal(
    recursive({ readOnly: true, mountPropagation: "HostToContainer" }),
    `${asks} compatible with propagation "HostToContainer"`,
  );
  const none: WorldFile = { runtime: { features: null } };
  assert.equal(recursive({ readOnly: true }, none), `${asks} supported by the runtime`);
  assert.deepEqual(recursive({ readOnly: true, recursiveReadOnly: "IfPossible" }, none), {
    container_path: "/h",
    readonly: true,
    host_path: "/srv",
  });
  assert.deepEqual(recursive({ readOnly: true }), {
    container_path: "/h",
    readonly: true,
    recursive_read_only: true,
    host_path: "/srv",
  });
  assert.equal(
    recursive({ readOnly: true, recursiveReadOnly: "Odd" }),
    'failed to resolve recursive read-only mode: unknown recursive read-only mode "Odd"',
  );
  assert.deepEqual(recursive({}, { kubernetes: "v1.29" }), {
    container_path: "/h",
    host_path: "/srv",
  });
});

test("/etc/hosts comes after the volumes, unless one stands there; then the termination log", () => {
  const paths = (spec: object) =>
    one({}, {}, {}, spec).out.containers[0]?.config?.mounts.map((mount) => mount.container_path);
  assert.deepEqual(paths({ terminationMessagePath: "/dev/termination-log" }), [
    "/etc/hosts",
    "/dev/termination-log",
  ]);
  const volumes = [{ name: "e", emptyDir: {} }];
  const containers = [
    { name: "c", image: "app", volumeMounts: [{ name: "e", mountPath: "/etc/hosts" }] },
  ];
  const { out } = walk({ securityContext: {}, volumes, containers });
  assert.equal(out.containers[0]?.config?.mounts.length, 1);
});
