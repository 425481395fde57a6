// Kubernetes' conformance and node tests of the security context.
// @see kubernetes v1.37.2 test/e2e/common/node/security_context.go
import { CANNOT_GIVE, type Deviation, NO_SYS_RESOURCE, type PodCase, pod } from "../case.ts";

const SUITE = "e2e common/node";
const SUID = "/suid/cat /proc/self/status | grep ^Uid";
const DUMMY = "ip link add dummy0 type dummy || true";

/** The kubelet knows from the runtime's Status what it cannot do. */
const NO_USER_NAMESPACES: readonly Deviation[] = [
  {
    engine: "cri",
    releases: { until: "2.0" },
    expected: { refused: /user namespaces/ },
    because:
      "containerd before 2.0 tells the kubelet of no user namespaces, so the kubelet refuses",
  },
  {
    engine: "docker",
    expected: { refused: /user namespaces/ },
    because: "dockershim tells the kubelet of no user namespaces, so the kubelet refuses",
  },
];
const NO_STRICT: readonly Deviation[] = [
  {
    engine: "cri",
    releases: { until: "2.0" },
    expected: { refused: /SupplementalGroupsPolicy=Strict is not supported/ },
    because: "containerd before 2.0 does not tell that it can, so the kubelet rejects the pod",
  },
  {
    engine: "docker",
    expected: { refused: /SupplementalGroupsPolicy=Strict is not supported/ },
    because: "dockershim does not tell that it can, so the kubelet rejects the pod",
  },
];

const NO_IMAGE_GROUPS: readonly Deviation[] = [
  {
    engine: "docker",
    expected: { exitCode: 0, logs: /^1000 60000$/m },
    because: "dockerd takes no groups from the image's /etc/group for a user that comes with a gid",
  },
];

const CONFIG = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "cfg" }, data: { a: "1" } };
const SECRET = { apiVersion: "v1", kind: "Secret", metadata: { name: "sec" }, data: { a: "MQ==" } };
const OWNED_VOLUMES = [
  { name: "cfg", configMap: { name: "cfg" } },
  { name: "sec", secret: { secretName: "sec" } },
  {
    name: "proj",
    projected: {
      sources: [
        { configMap: { name: "cfg" } },
        { secret: { name: "sec", items: [{ key: "a", path: "b" }] } },
      ],
    },
  },
  {
    name: "down",
    downwardAPI: { items: [{ path: "a", fieldRef: { fieldPath: "metadata.name" } }] },
  },
  { name: "empty", emptyDir: {} },
];
const OWNED_MOUNTS = OWNED_VOLUMES.map(({ name }) => ({ name, mountPath: `/vol/${name}` }));

export const POD_SECURITY_CONTEXT: readonly PodCase[] = [
  {
    name: "runAsUser 65534",
    origin: `${SUITE} 1`,
    pod: pod({ script: "test $(id -u) -eq 65534", context: { runAsUser: 65534 } }),
    expected: { exitCode: 0 },
  },
  {
    name: "runAsUser 0",
    origin: `${SUITE} 2`,
    pod: pod({ script: "test $(id -u) -eq 0", context: { runAsUser: 0 } }),
    expected: { exitCode: 0 },
  },
  {
    name: "runAsNonRoot with an explicit uid",
    origin: `${SUITE} 3`,
    pod: pod({ script: "id -u", context: { runAsNonRoot: true, runAsUser: 1000 } }),
    expected: { exitCode: 0, logs: /^1000$/m },
  },
  {
    name: "runAsNonRoot with explicit root",
    origin: `${SUITE} 4`,
    pod: pod({
      script: "id -u",
      image: "demo/busybox:u1234",
      context: { runAsNonRoot: true, runAsUser: 0 },
    }),
    expected: { refused: /container's runAsUser breaks non-root policy/ },
  },
  {
    name: "runAsNonRoot with the image's uid",
    origin: `${SUITE} 5`,
    pod: pod({
      script: "id -u",
      image: "demo/busybox:u1234",
      context: { runAsNonRoot: true },
    }),
    expected: { exitCode: 0, logs: /^1234$/m },
  },
  {
    name: "runAsNonRoot with a root image",
    origin: `${SUITE} 6`,
    pod: pod({ script: "id -u", context: { runAsNonRoot: true } }),
    expected: { refused: /container has runAsNonRoot and image will run as root/ },
  },
  {
    name: "readOnlyRootFilesystem: true",
    origin: `${SUITE} 7`,
    pod: pod({ script: "touch checkfile", context: { readOnlyRootFilesystem: true } }),
    expected: { exitCode: "not 0", logs: /Read-only file system/ },
  },
  {
    name: "readOnlyRootFilesystem: false",
    origin: `${SUITE} 8`,
    pod: pod({ script: "touch checkfile", context: { readOnlyRootFilesystem: false } }),
    expected: { exitCode: 0 },
  },
  {
    name: "privileged: false may not add a link",
    origin: `${SUITE} 9`,
    pod: pod({ script: DUMMY, context: { privileged: false } }),
    expected: { exitCode: 0, logs: /Operation not permitted/ },
  },
  {
    name: "privileged: true may",
    origin: `${SUITE} 10`,
    pod: pod({ script: DUMMY, context: { privileged: true } }),
    expected: { exitCode: 0, notInLogs: /Operation not permitted/ },
    deviations: [{ ...NO_SYS_RESOURCE, expected: CANNOT_GIVE }],
  },
  {
    name: "allowPrivilegeEscalation unset, uid 1000",
    origin: `${SUITE} 11`,
    pod: pod({ script: SUID, context: { runAsUser: 1000 } }),
    expected: { exitCode: 0, logs: /^Uid:\s1000\s0\s0\s0$/m },
  },
  {
    name: "allowPrivilegeEscalation: false, uid 1000",
    origin: `${SUITE} 12`,
    pod: pod({ script: SUID, context: { runAsUser: 1000, allowPrivilegeEscalation: false } }),
    expected: { exitCode: 0, logs: /^Uid:\s1000\s1000\s1000\s1000$/m },
  },
  {
    name: "allowPrivilegeEscalation: true, uid 1000",
    origin: `${SUITE} 13`,
    pod: pod({ script: SUID, context: { runAsUser: 1000, allowPrivilegeEscalation: true } }),
    expected: { exitCode: 0, logs: /^Uid:\s1000\s0\s0\s0$/m },
  },
  {
    name: "hostUsers: false has a user namespace of its own",
    origin: `${SUITE} 14`,
    pod: pod({ script: "cat /proc/self/uid_map", spec: { hostUsers: false } }),
    expected: { exitCode: 0, logs: /^\s+0\s+[1-9]\d*\s+65536$/m },
    deviations: NO_USER_NAMESPACES,
  },
  {
    name: "hostUsers: false is mapped into the kubelet's range",
    origin: `${SUITE} 15`,
    pod: pod({
      script: "set -- $(cat /proc/self/uid_map); test $(($2 % 65536)) -eq 0 && test $2 -ge 65536",
      spec: { hostUsers: false },
    }),
    expected: { exitCode: 0 },
    deviations: NO_USER_NAMESPACES,
  },
  {
    name: "hostUsers: true has the host's",
    origin: `${SUITE} 16`,
    pod: pod({ script: "cat /proc/self/uid_map", spec: { hostUsers: true } }),
    expected: { exitCode: 0, logs: /^\s+0\s+0\s+4294967295$/m },
  },
  {
    name: "volumes belong to root inside with hostUsers: false",
    origin: `${SUITE} 17`,
    objects: [CONFIG, SECRET],
    pod: pod({
      script: "stat -c %u /vol/cfg/a /vol/sec/a /vol/proj/a /vol/proj/b /vol/down/a /vol/empty",
      spec: { hostUsers: false, volumes: OWNED_VOLUMES },
      container: { volumeMounts: OWNED_MOUNTS },
    }),
    expected: { exitCode: 0, logs: /^(0\n){6}$/ },
    deviations: NO_USER_NAMESPACES,
  },
  {
    name: "fsGroup with hostUsers: false",
    origin: `${SUITE} 18`,
    pod: pod({
      script: "stat -c %g /vol && touch /vol/file && stat -c %g /vol/file",
      podContext: { fsGroup: 200 },
      spec: { hostUsers: false, volumes: [{ name: "v", emptyDir: {} }] },
      container: { volumeMounts: [{ name: "v", mountPath: "/vol" }] },
    }),
    expected: { exitCode: 0, logs: /^200\n200\n$/ },
    deviations: NO_USER_NAMESPACES,
  },
  ...[
    { policy: undefined, number: 20, groups: "1000 50000 60000" },
    { policy: "Merge", number: 21, groups: "1000 50000 60000" },
    { policy: "Strict", number: 22, groups: "1000 60000" },
  ].map(({ policy, number, groups }) => ({
    name: `supplementalGroupsPolicy ${policy ?? "unset"}`,
    origin: `${SUITE} ${number}`,
    pod: pod({
      script: "id -G",
      image: "demo/groups:1",
      podContext: {
        ...{ runAsUser: 1000, runAsGroup: 1000, supplementalGroups: [60000] },
        ...(policy === undefined ? {} : { supplementalGroupsPolicy: policy }),
      },
    }),
    expected: { exitCode: 0, logs: new RegExp(`^${groups}$`, "m") },
    deviations: policy === "Strict" ? NO_STRICT : NO_IMAGE_GROUPS,
  })),
  {
    name: "root in a user namespace where level restricted is enforced",
    origin: `${SUITE} 23`,
    world: { namespace: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
    pod: pod({
      script: "whoami",
      podContext: { seccompProfile: { type: "RuntimeDefault" } },
      context: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      spec: { hostUsers: false },
    }),
    expected: { exitCode: 0, logs: /^root$/m },
    deviations: NO_USER_NAMESPACES,
  },
];
