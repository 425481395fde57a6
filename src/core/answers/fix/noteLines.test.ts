// The line of each note is the one that is edited for it, or the one that says what the note speaks of.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkLines } from "../../../../test/fixLines.ts";
import { readManifest } from "../../manifest/manifest.ts";
import { composeWorld } from "../../rules/world.ts";
import { fix } from "../fix.ts";
import { fixManifest } from "./fixManifest.ts";

interface Row {
  readonly says: string;
  readonly text: string;
  /** Of each pod its own line, and `kind line:column` of its notes. */
  readonly lines: readonly (readonly [number, ...string[]])[];
}

const ROWS: readonly Row[] = [
  {
    says: "root by the pod's context: told of the container, at the pod's line",
    text: `kind: Pod
apiVersion: v1
metadata: {name: p}
spec:
  securityContext:
    runAsUser: 0
  containers:
  - name: a
    image: app
`,
    lines: [[1, "left 6:5"]],
  },
  {
    says: "runAsNonRoot: false of the container, and of the pod",
    text: `kind: Pod
apiVersion: v1
metadata: {name: p}
spec:
  securityContext: {runAsNonRoot: false}
  containers:
  - name: a
    image: unknown
  - name: b
    image: unknown
    securityContext:
      readOnlyRootFilesystem: true
      runAsNonRoot: false
`,
    lines: [[1, "left 5:21", "left 13:7"]],
  },
  {
    says: "items of a list in their own lines",
    text: `kind: Pod
apiVersion: v1
metadata: {name: p}
spec:
  containers:
  - name: a
    image: app
    securityContext:
      capabilities:
        drop:
        - NET_RAW
        - all
        add:
        - NET_BIND_SERVICE
        - SYS_ADMIN
        - KILL
`,
    lines: [[1, "corrected 12:11", "taken 15:11"]],
  },
  {
    says: "an annotation that the level takes",
    text: `kind: Pod
apiVersion: v1
metadata:
  name: p
  annotations:
    a: b
    seccomp.security.alpha.kubernetes.io/pod: unconfined
spec:
  containers:
  - name: a
    image: app
`,
    lines: [[1, "taken 7:5"]],
  },
  {
    says: "a misspelled field",
    text: `kind: Pod
apiVersion: v1
metadata: {name: p}
spec:
  containers:
  - name: a
    image: app
    securityContxt:
      readOnlyRootFilesystem: true
`,
    lines: [[1, "corrected 8:5"]],
  },
  {
    says: "objects of a List, and documents",
    text: `# pods
kind: List
apiVersion: v1
items:
- kind: Pod
  apiVersion: v1
  metadata: {name: p}
  spec: {containers: [{name: a, image: app}], hostPID: true}
-
  # the second
  kind: Pod
  apiVersion: v1
  metadata: {name: q}
  spec:
    hostPID: true
    containers:
    - {name: a, image: root}
---
# another

apiVersion: v1
kind: Pod
metadata: {name: r}
spec: {containers: [{name: a, image: unknown}]}
`,
    lines: [
      [5, "taken 8:47"],
      [11, "left 17:7"],
      [21, "open 24:21"],
    ],
  },
  {
    says: "JSON",
    text: `{
  "kind": "List", "apiVersion": "v1", "items": [
    {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "p"},
     "spec": {"hostPID": true, "containers": [{"name": "a", "image": "app"}]}},
    {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "p"},
     "spec": {"containers": [
       {"name": "a", "image": "root"}
     ]}}
  ]
}
`,
    lines: [
      [3, "taken 4:15"],
      [5, "left 7:8"],
    ],
  },
  {
    says: "through an anchor: where it is written",
    text: `kind: Pod
apiVersion: v1
metadata: {name: p}
spec:
  containers:
  - name: a
    image: app
    securityContext: &sc
      privileged: true
  - name: b
    image: app
    securityContext:
      <<: *sc
`,
    lines: [[1, "taken 9:7", "taken 9:7"]],
  },
  {
    says: "what is refused of the workload, not of its pod; after comments and other documents",
    text: `# of the file

# of the object
kind: Deployment
apiVersion: apps/v1
metadata:
  labels: {a: b}
spec:
  template:
    spec: {containers: [{name: a, image: app}]}
---
# a second one
kind: List
apiVersion: v1
items:
- kind: ConfigMap
  apiVersion: v1
  metadata: {name: m}
# above the item
- kind: CronJob
  apiVersion: batch/v1
  metadata: {name: c}
  spec:
    jobTemplate: {spec: {template: {spec: {restartPolicy: Never,
      containers: [{name: a, image: app}]}}}}
    schedule: whenever
`,
    lines: [
      [4, "left 6:1"],
      [20, "left 26:5"],
    ],
  },
  {
    says: "what is refused of an item behind one that goes",
    text: `kind: Pod
apiVersion: v1
metadata: {name: p}
spec:
  securityContext:
    sysctls:
    - {name: kernel.msgmax, value: "1"}
    - {name: kernel.shm_rmid_forced, value: "1"}
    - name: kernel.shm_rmid_forced
      value: "0"
  containers:
  - {name: a, image: app}
`,
    lines: [[1, "taken 7:7", "left 9:7"]],
  },
];

test("what would be refused with the edits stands where it is refused", () => {
  const text = `# on Windows, by a host process
kind: Pod
apiVersion: v1
metadata: {name: p}
spec:
  os: {name: windows}
  containers:
  - name: a
    image: app
  securityContext:
    windowsOptions: {hostProcess: true, runAsUserName: "NT AUTHORITY\\\\SYSTEM"}
  hostNetwork: true
`;
  const accepted = [{ id: "podsecurity.windowsHostProcess", reason: "of the node", at: "here" }];
  const world = composeWorld({});
  const manifest = readManifest(text, "p.yaml");
  const input = { file: "p.yaml", text, manifest, worldOf: () => world };
  const [pod] = fixManifest({ ...input, acceptedOf: () => accepted }, { level: "baseline" }).pods;
  const told = pod?.notes.map(({ kind, line, message }) => `${kind} ${line} ${message}`);
  assert.deepEqual(told, [
    "left 12 with the edits it would be refused (kube-apiserver v1.37): spec.hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers",
  ]);
});

for (const { says, text, lines } of ROWS) {
  test(says, () => {
    const world = composeWorld({ images: { app: { user: "1000" }, root: { user: "" } } });
    const fixed = fix(text, "p.yaml", world, { level: "restricted" });
    const told = fixed.pods.map(({ source, notes }) => [
      source.line,
      ...notes.map(({ kind, line, column }) => `${kind} ${line}:${column}`),
    ]);
    assert.deepEqual(told, lines);
    checkLines(text, fixed);
  });
}
