// Risks in detail: which pods have them, in which words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../manifest/manifest.ts";
import type { WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { checkPodDocument } from "./check.ts";
import { examplePod } from "./risk.ts";

interface Row {
  readonly title: string;
  readonly text: string;
  readonly world?: WorldFile;
  readonly id: string;
  /** `line message` */
  readonly told: readonly string[];
}

const BIND = "securityContext: { runAsUser: 1000 }\nports: [{ containerPort: 80 }]";
const SET = (modes: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      securityContext: { fsGroup: 2000 }
      containers: [{ name: app, image: app:1 }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [${modes}], resources: { requests: { storage: 1Gi } } }
`;

const HOST = (path: string, mount: string) =>
  examplePod(
    `volumeMounts: [{ name: v, mountPath: /v${mount} }]`,
    `volumes: [{ name: v, hostPath: { path: ${path} } }]`,
  );
const WHOLE = '6 volume "v" is the whole file system of the node:';

const ROWS: readonly Row[] = [
  ...["/", "//", "/./"].map((path) => ({
    title: `the node's root, written ${path}`,
    text: HOST(path, ""),
    id: "risk.hostRoot",
    told: [`${WHOLE} who can use it can take over the node`],
  })),
  {
    title: "the node's root, to read",
    text: HOST("/", ", readOnly: true"),
    id: "risk.hostRoot",
    told: [`${WHOLE} who reads it has every secret of the node and of its pods`],
  },
  {
    title: "the node's root is told once, not as a socket too",
    text: HOST("/", ""),
    id: "risk.runtimeSocket",
    told: [],
  },
  {
    title: "a part of the node's root is not all of it",
    text: HOST("/", ", subPath: var/log/app"),
    id: "risk.hostRoot",
    told: [],
  },
  {
    title: "the socket, as a part of the node's root",
    text: HOST("/", ", subPath: run/containerd/containerd.sock"),
    id: "risk.runtimeSocket",
    told: [
      '6 volume "v" is the socket of the container runtime: who can use it can take over the node',
    ],
  },
  {
    title: "a sysctl without a name is no start of the ports",
    text: examplePod(BIND, "securityContext: { sysctls: [{}] }"),
    id: "risk.unprivilegedPort",
    told: [],
  },
  {
    title: "a port below 1024: containerd 1.7 leaves the sysctl alone",
    text: examplePod(BIND),
    world: { runtime: { name: "containerd", version: "1.7" } },
    id: "risk.unprivilegedPort",
    told: [
      "10 uid 1000 cannot bind port 80: in the network namespace of the pod ports below 1024 need NET_BIND_SERVICE in effect",
    ],
  },
  {
    title: "a port below 1024: the pod sets the sysctl itself",
    text: examplePod(
      BIND,
      "securityContext: { sysctls: [{ name: net.ipv4.ip_unprivileged_port_start, value: '80' }] }",
    ),
    world: { runtime: { name: "containerd", version: "1.7" } },
    id: "risk.unprivilegedPort",
    told: [],
  },
  {
    title: "a port below 1024 as root",
    text: examplePod("ports: [{ containerPort: 80 }]", "hostNetwork: true"),
    world: { images: { "registry.example/app:1": { user: "" } } },
    id: "risk.unprivilegedPort",
    told: [],
  },
  {
    title: "the image's user counts as the container's",
    text: examplePod("ports: [{ containerPort: 80 }]", "hostNetwork: true"),
    world: { images: { "registry.example/app:1": { user: "101:101" } } },
    id: "risk.unprivilegedPort",
    told: [
      "10 uid 101 cannot bind port 80: in the network namespace of the node ports below 1024 need NET_BIND_SERVICE in effect",
    ],
  },
  {
    title: "privileged: every void field in one sentence, the pod's own among them",
    text: examplePod(
      "securityContext:\n  privileged: true\n  capabilities: { add: [NET_ADMIN], drop: [ALL] }\n  procMount: Default",
      "securityContext:\n  seccompProfile: { type: RuntimeDefault }\n  seLinuxOptions: { type: spc_t }",
    ),
    id: "risk.privilegedVoids",
    told: [
      "13 privileged: true makes void what the container also asks for: capabilities.add [NET_ADMIN], capabilities.drop [ALL], seccompProfile RuntimeDefault, seLinuxOptions type and role, procMount Default",
    ],
  },
  {
    title:
      "what a file's capability is worth: with no_new_privs the container's own program has it",
    text: examplePod(
      "securityContext: { runAsUser: 1000, allowPrivilegeEscalation: false, capabilities: { add: [NET_BIND_SERVICE] } }",
    ),
    id: "risk.capabilityWithoutEffect",
    told: [
      "9 NET_BIND_SERVICE is added, but a process of uid 1000 loses it at exec: with allowPrivilegeEscalation: false only the container's own program gets it, where its file carries it (setcap)",
    ],
  },
  {
    title: "what the runtime does not add is not lost",
    text: examplePod(
      "securityContext: { runAsUser: 1000, capabilities: { add: [CAP_NET_BIND_SERVICE] } }",
    ),
    id: "risk.capabilityWithoutEffect",
    told: [],
  },
  {
    title: "fsGroup and a claim that many nodes write",
    text: SET("ReadWriteMany"),
    id: "risk.fsGroupWithoutEffect",
    told: [
      '10 fsGroup 2000 does nothing on volume "data": it is ReadWriteMany, and a CSI driver\'s default fsGroupPolicy (ReadWriteOnceWithFSType) leaves such volumes out',
    ],
  },
  {
    title: "fsGroup and a claim with one writer",
    text: SET("ReadWriteOnce"),
    id: "risk.fsGroupWithoutEffect",
    told: [],
  },
  {
    title: "fsGroup and a claim that is mounted read-only",
    text: examplePod(
      "",
      "securityContext: { fsGroup: 2000 }\nvolumes:\n  - name: data\n    persistentVolumeClaim: { claimName: data, readOnly: true }",
    ),
    id: "risk.fsGroupWithoutEffect",
    told: [
      '9 fsGroup 2000 does nothing on volume "data": the kubelet leaves read-only volumes as they are',
    ],
  },
  {
    title: "added and dropped, where Docker runs the containers",
    text: examplePod(
      "securityContext: { runAsUser: 0, runAsNonRoot: true, capabilities: { add: [NET_RAW], drop: [net_raw] } }",
    ),
    world: { runtime: { name: "docker" } },
    id: "risk.addedAndDropped",
    told: ["9 net_raw is added and dropped: Docker adds it, containerd would drop it"],
  },
];

for (const { title, text, world, id, told } of ROWS) {
  test(`${id}: ${title}`, () => {
    const [pod] = readManifest(text, "example.yaml").pods;
    assert.ok(pod);
    const worlds = [composeWorld({ node: { appArmor: true }, ...world })] as const;
    const { findings } = checkPodDocument(pod, [worlds[0]], { level: "privileged" });
    const found = findings.filter((finding) => finding.id === id);
    assert.deepEqual(
      found.map(({ line, message }) => `${line} ${message}`),
      told,
    );
  });
}
