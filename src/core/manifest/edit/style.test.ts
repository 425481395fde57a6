// What is added is written as the rest of the document is: steps, dashes, quotes, brackets, lines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../model/edit.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { readManifest } from "../manifest.ts";
import { editsFor } from "./editsFor.ts";

const CONTEXT = ["spec", "securityContext"];
const OF_CONTAINER = ["spec", "containers", 0, "securityContext"];
const CHANGES: readonly FieldChange[] = [
  { path: [...OF_CONTAINER, "allowPrivilegeEscalation"], to: false },
  { path: [...OF_CONTAINER, "capabilities", "drop"], to: ["ALL"] },
  { path: [...CONTEXT, "runAsNonRoot"], to: true },
  { path: [...CONTEXT, "seccompProfile"], to: { type: "RuntimeDefault" } },
];

interface Row {
  readonly says: string;
  readonly before: string;
  readonly after: string;
}

const ROWS: readonly Row[] = [
  {
    says: "four spaces, wide dashes, space inside of brackets",
    before: `kind: Pod
spec:
    containers:
    -   name: a
        image: x
        ports:
        -   containerPort: 80
    -   name: b
        command:
        -   sh
`,
    after: `kind: Pod
spec:
    securityContext:
        runAsNonRoot: true
        seccompProfile:
            type: RuntimeDefault
    containers:
    -   name: a
        image: x
        securityContext:
            allowPrivilegeEscalation: false
            capabilities:
                drop:
                -   ALL
        ports:
        -   containerPort: 80
    -   name: b
        command:
        -   sh
`,
  },
  {
    says: "a list of texts as the others are; quotes that one needs are no style",
    before: `kind: Pod
spec:
  containers:
  - name: a
    image: x
    ports:
    - containerPort: 80
    args:
      - '--a'
      - '--b'
`,
    after: `kind: Pod
spec:
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
  containers:
  - name: a
    image: x
    securityContext:
      allowPrivilegeEscalation: false
      capabilities:
        drop:
          - ALL
    ports:
    - containerPort: 80
    args:
      - '--a'
      - '--b'
`,
  },
  {
    says: "values in quotes, as most are",
    before: `apiVersion: "v1"
kind: "Pod"
metadata:
  name: "a"
spec:
  nodeSelector:
    "disk": "ssd"
  containers:
    - name: "a"
      image: "x"
      command:
        - "sh"
    - name: 'b'
      image: "x"
`,
    after: `apiVersion: "v1"
kind: "Pod"
metadata:
  name: "a"
spec:
  nodeSelector:
    "disk": "ssd"
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: "RuntimeDefault"
  containers:
    - name: "a"
      image: "x"
      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop:
            - "ALL"
      command:
        - "sh"
    - name: 'b'
      image: "x"
`,
  },
  {
    says: "JSON with some objects on one line: what goes into these stays there",
    before: `{
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "a"},
    "spec": {
        "securityContext": {},
        "containers": [{"name": "a", "image": "x", "securityContext": {}},
            {"name": "b", "image": "x"},
            {
                "name": "c",
                "image": "x",
                "securityContext": { "capabilities": {"drop": ["NET_RAW"]} }
            }
        ]
    }
}
`,
    after: `{
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "a"},
    "spec": {
        "securityContext": {
            "runAsNonRoot": true,
            "seccompProfile": {
                "type": "RuntimeDefault"
            }
        },
        "containers": [{"name": "a", "image": "x", "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}},
            {"name": "b", "image": "x"},
            {
                "name": "c",
                "image": "x",
                "securityContext": { "capabilities": {"drop": ["NET_RAW"]} }
            }
        ]
    }
}
`,
  },
  {
    says: "JSON with space around everything",
    before: `{ "apiVersion" : "v1", "kind" : "Pod", "metadata" : { "name" : "a" }, "spec" : { "containers" : [ { "name" : "a", "image" : "x" } ] } }
`,
    after: `{ "apiVersion" : "v1", "kind" : "Pod", "metadata" : { "name" : "a" }, "spec" : { "securityContext" : { "runAsNonRoot" : true, "seccompProfile" : { "type" : "RuntimeDefault" } }, "containers" : [ { "name" : "a", "image" : "x", "securityContext" : { "allowPrivilegeEscalation" : false, "capabilities" : { "drop" : [ "ALL" ] } } } ] } }
`,
  },
  {
    says: "JSON indented by tabs, CRLF, no last line break",
    before:
      '{\r\n\t"apiVersion": "v1",\r\n\t"kind": "Pod",\r\n\t"metadata": {\r\n\t\t"name": "a"\r\n\t},\r\n\t"spec": {\r\n\t\t"containers": [\r\n\t\t\t{\r\n\t\t\t\t"name": "a",\r\n\t\t\t\t"image": "x",\r\n\t\t\t\t"securityContext": {}\r\n\t\t\t}\r\n\t\t]\r\n\t}\r\n}',
    after:
      '{\r\n\t"apiVersion": "v1",\r\n\t"kind": "Pod",\r\n\t"metadata": {\r\n\t\t"name": "a"\r\n\t},\r\n\t"spec": {\r\n\t\t"securityContext": {\r\n\t\t\t"runAsNonRoot": true,\r\n\t\t\t"seccompProfile": {\r\n\t\t\t\t"type": "RuntimeDefault"\r\n\t\t\t}\r\n\t\t},\r\n\t\t"containers": [\r\n\t\t\t{\r\n\t\t\t\t"name": "a",\r\n\t\t\t\t"image": "x",\r\n\t\t\t\t"securityContext": {\r\n\t\t\t\t\t"allowPrivilegeEscalation": false,\r\n\t\t\t\t\t"capabilities": {\r\n\t\t\t\t\t\t"drop": [\r\n\t\t\t\t\t\t\t"ALL"\r\n\t\t\t\t\t\t]\r\n\t\t\t\t\t}\r\n\t\t\t\t}\r\n\t\t\t}\r\n\t\t]\r\n\t}\r\n}',
  },
  {
    says: "three spaces; braces as those around have it",
    before: `kind: Pod
apiVersion: v1
metadata:
   name: a
spec:
   volumes:
   - name: v
     emptyDir: {}
   containers:
   - name: a
     image: x
     securityContext: { capabilities: { drop: [ "NET_RAW" ], add: [] } }
   - {name: b, image: x}
`,
    after: `kind: Pod
apiVersion: v1
metadata:
   name: a
spec:
   volumes:
   - name: v
     emptyDir: {}
   securityContext:
      runAsNonRoot: true
      seccompProfile:
         type: RuntimeDefault
   containers:
   - name: a
     image: x
     securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ "ALL" ], add: [] } }
   - {name: b, image: x}
`,
  },
  {
    says: "items of texts indented, though those of containers are not",
    before: `kind: Pod
apiVersion: v1
metadata:
  name: a
spec:
  containers:
  - name: a
    image: x
    args:
      - a
      - b
    ports:
      - containerPort: 80
    env:
      - name: a
        value: b
`,
    after: `kind: Pod
apiVersion: v1
metadata:
  name: a
spec:
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
  containers:
  - name: a
    image: x
    securityContext:
      allowPrivilegeEscalation: false
      capabilities:
        drop:
          - ALL
    args:
      - a
      - b
    ports:
      - containerPort: 80
    env:
      - name: a
        value: b
`,
  },
  {
    says: "JSON with a line for each member, lists of texts on one line",
    before: `{
  "kind": "Pod",
  "spec": {
    "containers": [
      {
        "name": "a",
        "command": ["sh", "-c"]
      }
    ]
  }
}
`,
    after: `{
  "kind": "Pod",
  "spec": {
    "securityContext": {
      "runAsNonRoot": true,
      "seccompProfile": {
        "type": "RuntimeDefault"
      }
    },
    "containers": [
      {
        "name": "a",
        "securityContext": {
          "allowPrivilegeEscalation": false,
          "capabilities": {
            "drop": ["ALL"]
          }
        },
        "command": ["sh", "-c"]
      }
    ]
  }
}
`,
  },
  {
    says: "YAML in braces that are JSON's",
    before: `kind: Pod
spec: {"containers":[{"name":"a","image":"x"}],"nodeName":"y"}
`,
    after: `kind: Pod
spec: {"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},"containers":[{"name":"a","image":"x","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}],"nodeName":"y"}
`,
  },
];

for (const { says, before, after } of ROWS) {
  test(says, () => {
    const [document] = readManifest(before, "pod.yaml").pods;
    assert.ok(document);
    const { edits, refused } = editsFor(document, CHANGES);
    assert.deepEqual(refused, []);
    assert.equal(applyEdits(before, edits), after);
    const [changed] = readManifest(after, "pod.yaml").pods;
    assert.deepEqual(changed?.object, applyChanges(document.object, CHANGES));
  });
}
