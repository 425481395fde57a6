import assert from "node:assert/strict";
import { test } from "node:test";
import type { OciSpec } from "../../core/model/oci.ts";
import { hasRootOn } from "./podProcesses.ts";
import { staysInHost, withoutCgroups } from "./withoutRoot.ts";

const PROC = { destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "noexec"] };
const SYS = { destination: "/sys", type: "sysfs", source: "sysfs", options: ["ro"] };
const SPEC: OciSpec = {
  mounts: [PROC, SYS],
  linux: {
    namespaces: [
      { type: "pid" },
      { type: "mount" },
      { type: "network", path: "/proc/1/ns/net" },
      { type: "uts", path: "/proc/1/ns/uts" },
    ],
  },
};

test("namespaces of the sandbox are joined, those of the host never left", () => {
  const own = { linux: { namespaces: [{ type: "network" }, { type: "uts" }] } } as const;
  assert.deepEqual(staysInHost(SPEC, own), SPEC);
  assert.deepEqual(staysInHost(SPEC, { linux: { namespaces: [{ type: "uts" }] } }), {
    mounts: [
      PROC,
      { destination: "/sys", type: "bind", source: "/sys", options: ["rbind", "rprivate", "ro"] },
    ],
    linux: {
      namespaces: [{ type: "pid" }, { type: "mount" }, { type: "uts", path: "/proc/1/ns/uts" }],
    },
  });
});

test("the processes of the host are seen through its own /proc", () => {
  const shared = { ...SPEC, linux: { namespaces: [{ type: "mount" }] } } as const;
  assert.deepEqual(staysInHost(shared, {}).mounts?.[0], {
    ...PROC,
    type: "bind",
    source: "/proc",
    options: ["rbind", "rprivate", "nosuid", "noexec"],
  });
});

test("without control groups nothing is asked of them", () => {
  const linux = {
    cgroupsPath: "/x",
    resources: { devices: [{ allow: false }] },
    maskedPaths: ["/a"],
  };
  assert.deepEqual(withoutCgroups({ hostname: "h", linux }), {
    hostname: "h",
    linux: { maskedPaths: ["/a"] },
  });
});

test("a process is a container's whose / lies on a layer of the pod", () => {
  const layer = "/web-1-2-3/containers/";
  const upper =
    "rw,lowerdir=/c/pods/web-1-2-3/containers/app-0/lower,upperdir=/c/pods/web-1-2-3/containers/app-0/upper,userxattr";
  assert.equal(hasRootOn(layer, `5 4 0:40 / / rw,relatime - overlay secctx ${upper}\n`), true);
  // The sandbox's own, among whose mounts it is.
  const inside = `1 0 8:1 / / rw - ext4 /dev/sda rw\n5 4 0:40 / /run/x rw - overlay secctx ${upper}\n`;
  assert.equal(hasRootOn(layer, inside), false);
  assert.equal(
    hasRootOn("/web-1-2-4/containers/", `5 4 0:40 / / rw - overlay secctx ${upper}\n`),
    false,
  );
  // A name that only contains the pod's.
  assert.equal(
    hasRootOn("/eb-1-2-3/containers/", `5 4 0:40 / / rw - overlay secctx ${upper}\n`),
    false,
  );
  assert.equal(hasRootOn(layer, ""), false);
});
