import assert from "node:assert/strict";
import { test } from "node:test";
import type { OciUser } from "../core/model/oci.ts";
import type { Container, Pod } from "../core/model/pod.ts";
import { type Given, idsNotHad, notHad, toldIds, worthLittle } from "./notHad.ts";

const GIVEN: Given = {
  refusedSysctls: [],
  closedPaths: [],
  firstPort: 1024,
  hasMessageQueues: true,
};

function pod(spec: Partial<Pod["spec"]> = {}, container: Partial<Container> = {}): Pod {
  return { spec: { containers: [{ name: "app", ...container }, { name: "log" }], ...spec } } as Pod;
}

const cases: readonly (readonly [Pod, Partial<Given>, readonly number[], readonly string[]])[] = [
  [pod(), {}, [], []],
  [pod({ hostNetwork: true, hostPID: true, hostIPC: true }), {}, [8080], []],
  [
    pod({}, { securityContext: { privileged: true } }),
    {},
    [],
    ["privileged: true of app: the machine's devices and settings are its root's"],
  ],
  [
    pod({ hostUsers: false }),
    {},
    [],
    [
      "hostUsers: false: ids of the host's beyond the user's own, and mounts that map them, are root's to give",
    ],
  ],
  [
    pod({ hostIPC: true }),
    { hasMessageQueues: false },
    [],
    ["hostIPC: true: /dev/mqueue is not mounted here, and only root may mount the host's"],
  ],
  [
    pod(),
    { refusedSysctls: ["kernel.domainname"] },
    [],
    ["sysctl kernel.domainname: only root may set it"],
  ],
  [pod(), { closedPaths: ["/root"] }, [], ["hostPath /root: this user may not look there"]],
  [
    pod(),
    {},
    [80, 1023, 1024],
    [
      "host port 80: ports below 1024 are root's (net.ipv4.ip_unprivileged_port_start)",
      "host port 1023: ports below 1024 are root's (net.ipv4.ip_unprivileged_port_start)",
    ],
  ],
  [pod(), { firstPort: 80 }, [80], []],
];

test("each thing that a pod cannot have without root is a sentence", () => {
  for (const [asked, given, ports, expected] of cases) {
    assert.deepEqual(notHad(asked, ports, { ...GIVEN, ...given }), expected);
  }
});

function ids(user: OciUser, fsGroup?: number): string[] {
  const securityContext = fsGroup === undefined ? {} : { securityContext: { fsGroup } };
  const have = { uids: [{ first: 0, count: 65537 }], gids: [{ first: 0, count: 1001 }] };
  return idsNotHad(pod(securityContext), { app: { process: { user } }, log: null }, have);
}

test("an id beyond the user's own is named with the range and the file that gives more", () => {
  assert.deepEqual(ids({ uid: 65536, gid: 1000, additionalGids: [1, 2] }, 1000), []);
  assert.deepEqual(ids({ uid: 65537, gid: 0 }), [
    "user 65537 of app is beyond the ids that this user has, 0 to 65536: /etc/subuid gives more",
  ]);
  assert.deepEqual(ids({ uid: 0, gid: 1001, additionalGids: [1001, 2000] }), [
    "group 1001 of app is beyond the ids that this user has, 0 to 1000: /etc/subgid gives more",
    "group 2000 of app is beyond the ids that this user has, 0 to 1000: /etc/subgid gives more",
  ]);
  // Every container of the pod is in that group, which is said once.
  assert.deepEqual(ids({ uid: 0, gid: 0, additionalGids: [2000] }, 2000), [
    "fsGroup 2000 is beyond the ids that this user has, 0 to 1000: /etc/subgid gives more",
  ]);
});

test("added capabilities that only the host's root can use are named, whatever their spelling", () => {
  const add = ["NET_ADMIN", "SYS_TIME", "cap_sys_module"];
  assert.deepEqual(worthLittle(pod({}, { securityContext: { capabilities: { add } } })), [
    "capabilities SYS_TIME, SYS_MODULE of app count in a user namespace only, and the kernel asks for the host's",
  ]);
  assert.deepEqual(worthLittle(pod()), []);
});

test("ids that the manifest tells need no image", () => {
  const told = pod(
    { securityContext: { runAsUser: 1, runAsGroup: 2, supplementalGroups: [3] } },
    { securityContext: { runAsUser: 100000 } },
  );
  const users = Object.entries(toldIds(told)).map(([name, { process }]) => [name, process?.user]);
  assert.deepEqual(users, [
    ["app", { uid: 100000, gid: 2, additionalGids: [3] }],
    ["log", { uid: 1, gid: 2, additionalGids: [3] }],
  ]);
});
