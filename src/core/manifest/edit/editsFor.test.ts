import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../model/edit.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { readManifest } from "../manifest.ts";
import { valueAt } from "../workloads.ts";
import { editsFor } from "./editsFor.ts";

const CONTEXT = ["spec", "securityContext"];
const OF_CONTAINER = ["spec", "containers", 0, "securityContext"];

const PROFILE: FieldChange = {
  path: [...CONTEXT, "seccompProfile"],
  to: { type: "RuntimeDefault" },
};
const NON_ROOT: FieldChange = { path: [...CONTEXT, "runAsNonRoot"], to: true };
const NO_ESCALATION: FieldChange = {
  path: [...OF_CONTAINER, "allowPrivilegeEscalation"],
  to: false,
};
const DROP_ALL: FieldChange = { path: [...OF_CONTAINER, "capabilities", "drop"], to: ["ALL"] };
const ALL = [NO_ESCALATION, DROP_ALL, NON_ROOT, PROFILE];

interface Row {
  readonly says: string;
  readonly before: string;
  readonly changes: readonly FieldChange[];
  readonly after: string;
}

const ROWS: readonly Row[] = [
  {
    says: "a misspelled key is written anew where it stands, quotes, comments and its block stay",
    before: `kind: Pod
spec:
  securityContxt: # whose
    "runAsNonroot": true # not root
    fsGroup: 5
  containers:
  - { name: a, securityContext: { capabilites: { drop: [ALL] }, 'priviliged': false } }
`,
    changes: [
      { path: ["spec", "securityContxt"], to: undefined },
      { path: CONTEXT, to: { runAsNonRoot: true, fsGroup: 5 } },
      { path: [...OF_CONTAINER, "capabilites"], to: undefined },
      { path: [...OF_CONTAINER, "capabilities"], to: { drop: ["ALL"] } },
      { path: [...OF_CONTAINER, "priviliged"], to: undefined },
      { path: [...OF_CONTAINER, "privileged"], to: false },
    ],
    after: `kind: Pod
spec:
  securityContext: # whose
    "runAsNonRoot": true # not root
    fsGroup: 5
  containers:
  - { name: a, securityContext: { capabilities: { drop: [ALL] }, 'privileged': false } }
`,
  },
  {
    says: "keys behind a question mark: beside them, below them, in their place",
    before: `kind: Pod
spec:
  ? securityContext
  # the pod's
  :
    ? runAsUser # whose
    : 0
    ? runAsNonroot
    : true # said
  containers:
  - ? name
    : a
    securityContext:
      ? privileged
      : true
      ? capabilities
      :
        ? add
        : [A]
`,
    changes: [
      { path: [...CONTEXT, "runAsUser"], to: undefined },
      { path: [...CONTEXT, "runAsNonroot"], to: undefined },
      { path: [...CONTEXT, "runAsNonRoot"], to: true },
      { path: [...OF_CONTAINER, "privileged"], to: undefined },
      { path: [...OF_CONTAINER, "capabilities", "add"], to: undefined },
      { path: [...OF_CONTAINER, "allowPrivilegeEscalation"], to: false },
    ],
    after: `kind: Pod
spec:
  ? securityContext
  # the pod's
  :
    ? runAsNonRoot
    : true # said
  containers:
  - ? name
    : a
    securityContext:
      allowPrivilegeEscalation: false
      ? capabilities
      : {}
`,
  },
  {
    says: "block mappings, dashes not indented",
    before: `kind: Pod
spec:
  containers:
  - name: a
    image: x # the image
    args:
    - b
`,
    changes: ALL,
    after: `kind: Pod
spec:
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
  containers:
  - name: a
    image: x # the image
    securityContext:
      allowPrivilegeEscalation: false
      capabilities:
        drop:
        - ALL
    args:
    - b
`,
  },
  {
    says: "four spaces, dashes indented, CRLF, no last line break",
    before: `kind: Pod\r
spec:\r
    containers:\r
        - name: a`,
    changes: ALL,
    after: `kind: Pod\r
spec:\r
    securityContext:\r
        runAsNonRoot: true\r
        seccompProfile:\r
            type: RuntimeDefault\r
    containers:\r
        - name: a\r
          securityContext:\r
              allowPrivilegeEscalation: false\r
              capabilities:\r
                  drop:\r
                      - ALL`,
  },
  {
    says: "the order of the keys that are there, lists as the document writes them",
    before: `kind: Pod
spec:
  securityContext:
    runAsUser: 5
    fsGroup: 6
  # the only one
  containers:
    - name: a
      command: ["sh", "-c"]
      securityContext:
        # must stay
        readOnlyRootFilesystem: true
`,
    changes: ALL,
    after: `kind: Pod
spec:
  securityContext:
    runAsNonRoot: true
    runAsUser: 5
    fsGroup: 6
    seccompProfile:
      type: RuntimeDefault
  # the only one
  containers:
    - name: a
      command: ["sh", "-c"]
      securityContext:
        allowPrivilegeEscalation: false
        # must stay
        readOnlyRootFilesystem: true
        capabilities:
          drop: ["ALL"]
`,
  },
  {
    says: "flow mappings",
    before: `kind: Pod
spec: {securityContext: {}, containers: [{name: a, image: "x", ports: []}]}
`,
    changes: ALL,
    after: `kind: Pod
spec: {securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: "x", securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}, ports: []}]}
`,
  },
  {
    says: "a flow mapping over many lines",
    before: `kind: Pod
spec:
  securityContext: {
    runAsUser: 5, # someone
    fsGroup: 6
  }
  containers: [ { name: a } ]
`,
    changes: [NON_ROOT, PROFILE],
    after: `kind: Pod
spec:
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 5, # someone
    fsGroup: 6,
    seccompProfile: { type: RuntimeDefault }
  }
  containers: [ { name: a } ]
`,
  },
  {
    says: "nothing behind the key, null, and empty brackets with a comment behind them",
    before: `kind: Pod
spec:
  securityContext: # of the pod
  containers:
    - name: a
      securityContext: {}  # none
    - name: b
      securityContext: null
`,
    changes: [
      NON_ROOT,
      NO_ESCALATION,
      { path: ["spec", "containers", 1, "securityContext", "privileged"], to: false },
    ],
    after: `kind: Pod
spec:
  securityContext: # of the pod
    runAsNonRoot: true
  containers:
    - name: a
      securityContext:  # none
        allowPrivilegeEscalation: false
    - name: b
      securityContext:
        privileged: false
`,
  },
  {
    says: "JSON with a line for each member, indented by tabs",
    before: `{
\t"kind": "Pod",
\t"spec": {
\t\t"containers": [
\t\t\t{
\t\t\t\t"name": "a"
\t\t\t}
\t\t]
\t}
}`,
    changes: ALL,
    after: `{
\t"kind": "Pod",
\t"spec": {
\t\t"securityContext": {
\t\t\t"runAsNonRoot": true,
\t\t\t"seccompProfile": {
\t\t\t\t"type": "RuntimeDefault"
\t\t\t}
\t\t},
\t\t"containers": [
\t\t\t{
\t\t\t\t"name": "a",
\t\t\t\t"securityContext": {
\t\t\t\t\t"allowPrivilegeEscalation": false,
\t\t\t\t\t"capabilities": {
\t\t\t\t\t\t"drop": [
\t\t\t\t\t\t\t"ALL"
\t\t\t\t\t\t]
\t\t\t\t\t}
\t\t\t\t}
\t\t\t}
\t\t]
\t}
}`,
  },
  {
    says: "JSON on one line",
    before: `{"kind":"Pod","spec":{"securityContext":{},"containers":[{"name":"a"}]}}\n`,
    changes: ALL,
    after: `{"kind":"Pod","spec":{"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},"containers":[{"name":"a","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}]}}\n`,
  },
  {
    says: "values replaced, with their comments and quotes",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext:
      privileged: yes # devices
      procMount: 'Unmasked'
      seccompProfile:
        type: "Localhost" # ours
        localhostProfile: a.json # in a file
`,
    changes: [
      { path: [...OF_CONTAINER, "privileged"], to: false },
      { path: [...OF_CONTAINER, "procMount"], to: "Default" },
      { path: [...OF_CONTAINER, "seccompProfile"], to: { type: "RuntimeDefault" } },
    ],
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext:
      privileged: false # devices
      procMount: 'Default'
      seccompProfile:
        type: "RuntimeDefault" # ours
`,
  },
  {
    says: "keys taken out: their lines go with what is said on them, comments above stay",
    before: `kind: Pod
spec:
  hostNetwork: true # metrics
  # next
  hostPID: true
  securityContext:
    runAsUser: 0 # needs root
  containers:
  - name: a
    ports:
    - hostPort: 80
      containerPort: 8080
    - containerPort: 81
      hostPort: 81
`,
    changes: [
      { path: ["spec", "hostNetwork"], to: undefined },
      { path: ["spec", "hostPID"], to: undefined },
      { path: [...CONTEXT, "runAsUser"], to: undefined },
      { path: ["spec", "containers", 0, "ports", 0, "hostPort"], to: undefined },
      { path: ["spec", "containers", 0, "ports", 1, "hostPort"], to: undefined },
    ],
    after: `kind: Pod
spec:
  # next
  securityContext: {}
  containers:
  - name: a
    ports:
    - containerPort: 8080
    - containerPort: 81
`,
  },
  {
    says: "members of flow mappings taken out",
    before: `kind: Pod
spec: {hostNetwork: true, hostPID: true, containers: [{name: a, hostIPC: true}], hostIPC: true, securityContext: {runAsUser: 0}}
`,
    changes: [
      { path: ["spec", "hostNetwork"], to: undefined },
      { path: ["spec", "hostPID"], to: undefined },
      { path: ["spec", "hostIPC"], to: undefined },
      { path: [...CONTEXT, "runAsUser"], to: undefined },
    ],
    after: `kind: Pod
spec: {containers: [{name: a, hostIPC: true}], securityContext: {}}
`,
  },
  {
    says: "lists: items spelled anew, added and taken out",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext:
      capabilities:
        add: [ "CAP_CHOWN", "SYS_ADMIN", KILL ]
        drop:
        - all # everything
        - "NET_RAW"
`,
    changes: [
      { path: [...OF_CONTAINER, "capabilities", "add"], to: ["CHOWN", "KILL"] },
      { path: [...OF_CONTAINER, "capabilities", "drop"], to: ["ALL", "NET_RAW", "MKNOD"] },
    ],
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext:
      capabilities:
        add: [ "CHOWN", KILL ]
        drop:
        - ALL # everything
        - "NET_RAW"
        - MKNOD
`,
  },
  {
    says: "a second document, with a byte order mark and a block text that keeps its blank lines",
    before: `\ufeffkind: ConfigMap
---
kind: Pod
spec:
  containers:
  - args:
    - |+
      text

    name: a
    image: |+
      x

---
kind: ConfigMap
`,
    changes: [NO_ESCALATION],
    after: `\ufeffkind: ConfigMap
---
kind: Pod
spec:
  containers:
  - args:
    - |+
      text

    name: a
    image: |+
      x

    securityContext:
      allowPrivilegeEscalation: false
---
kind: ConfigMap
`,
  },
  {
    says: "keys sorted by the alphabet",
    before: `kind: Pod
spec:
  automountServiceAccountToken: true
  containers:
  - args: []
    image: x
    name: a
    resources:
      # limits: {}
    volumeMounts: []
  nodeName: x
  serviceAccountName: y
`,
    changes: [NO_ESCALATION, NON_ROOT],
    after: `kind: Pod
spec:
  automountServiceAccountToken: true
  containers:
  - args: []
    image: x
    name: a
    resources:
      # limits: {}
    securityContext:
      allowPrivilegeEscalation: false
    volumeMounts: []
  nodeName: x
  securityContext:
    runAsNonRoot: true
  serviceAccountName: y
`,
  },
];

for (const { says, before, changes, after } of ROWS) {
  test(says, () => {
    const [document] = readManifest(before, "pod.yaml").pods;
    assert.ok(document);
    const answer = editsFor(document, changes);
    const text = applyEdits(before, answer.edits);
    assert.equal(text, after);
    assert.deepEqual(answer.refused, []);
    assert.deepEqual(answer.unshared, []);
    const [changed] = readManifest(text, "pod.yaml").pods;
    assert.ok(changed);
    assert.deepEqual(changed.object, applyChanges(document.object, changes));
    assert.ok(valueAt(changed.object, ["spec"]) !== undefined);
  });
}
