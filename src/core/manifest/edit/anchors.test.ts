// Anchors, aliases and merges: one edit where all users change alike, fields of its own for whoever differs, and nothing twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../model/edit.ts";
import { toFieldPath } from "../../model/finding.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { readManifest } from "../manifest.ts";
import { documentEdits, type EditableDocument } from "./documentEdits.ts";

interface Row {
  readonly says: string;
  readonly before: string;
  readonly changes: readonly FieldChange[];
  readonly after: string;
  /** What has fields of its own now: `containers[1].securityContext &sc`. */
  readonly unshared?: readonly string[];
}

/** Of the context of each of these containers. */
function contexts(
  indexes: readonly number[],
  fields: Readonly<Record<string, unknown>>,
): FieldChange[] {
  return indexes.flatMap((index) =>
    Object.entries(fields).map(([name, to]) => ({
      path: ["spec", "containers", index, "securityContext", ...name.split(".")],
      to,
    })),
  );
}
const NO_ESCALATION = { allowPrivilegeEscalation: false };

const ROWS: readonly Row[] = [
  {
    says: "an anchor all of whose users change alike",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc
      readOnlyRootFilesystem: true
  - name: b
    securityContext: *sc
`,
    changes: contexts([0, 1], NO_ESCALATION),
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
  - name: b
    securityContext: *sc
`,
  },
  {
    says: "containers that merge one of them: what it gets they have",
    before: `kind: Pod
spec:
  containers:
  - &base
    name: a
    securityContext: &sc
      privileged: true
  - <<: *base
    name: b
  - name: c
    securityContext:
      <<: *sc
      runAsUser: 5
`,
    changes: contexts([0, 1, 2], {
      privileged: false,
      ...NO_ESCALATION,
      "capabilities.drop": ["ALL"],
    }),
    after: `kind: Pod
spec:
  containers:
  - &base
    name: a
    securityContext: &sc
      privileged: false
      allowPrivilegeEscalation: false
      capabilities:
        drop:
        - ALL
  - <<: *base
    name: b
  - name: c
    securityContext:
      <<: *sc
      runAsUser: 5
`,
  },
  {
    says: "a container that lays its own over the base: only that is edited",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc
      allowPrivilegeEscalation: true
  - name: b
    securityContext:
      <<: *sc
      allowPrivilegeEscalation: true # its own
`,
    changes: contexts([0, 1], NO_ESCALATION),
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc
      allowPrivilegeEscalation: false
  - name: b
    securityContext:
      <<: *sc
      allowPrivilegeEscalation: false # its own
`,
  },
  {
    says: "a list of merges, the first of which counts",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &one
      allowPrivilegeEscalation: true
  - name: b
    securityContext: &two { runAsUser: 5 }
  - name: c
    securityContext:
      <<: [*two, *one]
  - name: d
    securityContext:
      allowPrivilegeEscalation: false
      <<: *two
`,
    changes: contexts([0, 1, 2, 3], NO_ESCALATION),
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &one
      allowPrivilegeEscalation: false
  - name: b
    securityContext: &two { runAsUser: 5, allowPrivilegeEscalation: false }
  - name: c
    securityContext:
      <<: [*two, *one]
  - name: d
    securityContext:
      allowPrivilegeEscalation: false
      <<: *two
`,
  },
  {
    says: "anchors on sequences and on a text",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext:
      capabilities: { add: &add [ SYS_ADMIN, &bind NET_BIND_SERVICE ] }
  - name: b
    securityContext:
      capabilities:
        add: *add
  - name: c
    securityContext:
      capabilities:
        add:
        - *bind
`,
    changes: [...contexts([0, 1, 2], { "capabilities.add": ["NET_BIND_SERVICE"] })],
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext:
      capabilities: { add: &add [ &bind NET_BIND_SERVICE ] }
  - name: b
    securityContext:
      capabilities:
        add: *add
  - name: c
    securityContext:
      capabilities:
        add:
        - *bind
`,
  },
  {
    says: "pods of a list that share their spec",
    before: `kind: List
items:
- kind: Pod
  spec: &spec
    containers:
    - name: a
- kind: Pod
  spec:
    <<: *spec
    hostNetwork: true
`,
    changes: [
      { path: ["items", 0, "spec", "hostPID"], to: false },
      { path: ["items", 1, "spec", "hostPID"], to: false },
      { path: ["items", 1, "spec", "hostNetwork"], to: undefined },
    ],
    after: `kind: List
items:
- kind: Pod
  spec: &spec
    hostPID: false
    containers:
    - name: a
- kind: Pod
  spec:
    <<: *spec
`,
  },
  {
    says: "an alias whose anchor others use: a field of its own",
    before: `x: &sc {readOnlyRootFilesystem: true}
kind: Pod
spec:
  containers:
  - name: a
    securityContext: *sc # shared
`,
    changes: contexts([0], NO_ESCALATION),
    after: `x: &sc {readOnlyRootFilesystem: true}
kind: Pod
spec:
  containers:
  - name: a
    securityContext: # shared
      <<: *sc
      allowPrivilegeEscalation: false
`,
    unshared: ["spec.containers[0].securityContext &sc"],
  },
  {
    says: "a merged mapping that others use too",
    before: `base: &base
  securityContext:
    readOnlyRootFilesystem: true
kind: Pod
spec:
  containers:
  - name: a
    <<: *base
    image: x
`,
    changes: contexts([0], NO_ESCALATION),
    after: `base: &base
  securityContext:
    readOnlyRootFilesystem: true
kind: Pod
spec:
  containers:
  - name: a
    <<: *base
    image: x
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
`,
    unshared: ["spec.containers[0] &base"],
  },
  {
    says: "an anchor whose other users must not change: they get what it was",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc { readOnlyRootFilesystem: true }
  - name: b
    securityContext: *sc
  - name: c
    securityContext:
      <<: *sc # as a
      runAsUser: 5
`,
    changes: contexts([0], NO_ESCALATION),
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true }
  - name: b
    securityContext:
      readOnlyRootFilesystem: true
  - name: c
    securityContext:
      runAsUser: 5
      readOnlyRootFilesystem: true
`,
    unshared: ["spec.containers[1].securityContext &sc", "spec.containers[2].securityContext &sc"],
  },
  {
    says: "an anchor one of whose users keeps a value",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc
      privileged: true
  - name: b
    securityContext: *sc
  - {name: c, securityContext: *sc}
  - name: d
    securityContext: {<<: *sc, runAsUser: 5}
`,
    changes: contexts([0, 1], { privileged: false }),
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc
      privileged: false
  - name: b
    securityContext: *sc
  - {name: c, securityContext: {<<: *sc, privileged: true}}
  - name: d
    securityContext: {<<: *sc, runAsUser: 5, privileged: true}
`,
    unshared: ["spec.containers[2].securityContext &sc", "spec.containers[3].securityContext &sc"],
  },
  {
    says: "what a merge brings is taken out: the rest of it is written",
    before: `x: &caps {add: [SYS_ADMIN], drop: [NET_RAW]}
kind: Pod
spec:
  containers:
  - name: a
    securityContext:
      capabilities:
        <<: *caps
`,
    changes: contexts([0], { "capabilities.add": undefined }),
    after: `x: &caps {add: [SYS_ADMIN], drop: [NET_RAW]}
kind: Pod
spec:
  containers:
  - name: a
    securityContext:
      capabilities:
        drop: [NET_RAW]
`,
    unshared: ["spec.containers[0].securityContext.capabilities &caps"],
  },
  {
    says: "a key before a merge that would hide it comes behind it, not twice",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc {}
  - name: b
    securityContext:
      runAsUser: 5
      privileged: true # its own
      <<: *sc
`,
    changes: contexts([0], { privileged: false }),
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc
      privileged: false
  - name: b
    securityContext:
      runAsUser: 5
      <<: *sc
      privileged: true
`,
    unshared: ["spec.containers[1].securityContext &sc"],
  },
  {
    says: "an anchor that a later key takes the place of, and one inside of a merge",
    before: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc {privileged: true}
    securityContext:
      <<: &in {privileged: true}
  - name: b
    securityContext: *sc
  - name: c
    securityContext: *in
`,
    changes: contexts([0, 1, 2], { privileged: false }),
    after: `kind: Pod
spec:
  containers:
  - name: a
    securityContext: &sc {privileged: true}
    securityContext:
      <<: &in {privileged: true}
      privileged: false
  - name: b
    securityContext:
      <<: *sc
      privileged: false
  - name: c
    securityContext:
      <<: *in
      privileged: false
`,
    unshared: ["spec.containers[1].securityContext &sc", "spec.containers[2].securityContext &in"],
  },
];

for (const { says, before, changes, after, unshared = [] } of ROWS) {
  test(says, () => {
    const old = documentOf(before);
    const answer = documentEdits(old, changes);
    const text = applyEdits(before, answer.edits);
    assert.equal(text, after);
    assert.deepEqual(answer.refused, []);
    const names = answer.unshared.map(({ path, anchor }) => `${toFieldPath(path)} &${anchor}`);
    assert.deepEqual(names, unshared);
    const now = documentOf(text);
    const { json } = old.tree.root;
    assert.deepEqual(now.tree.root.json, applyChanges(json as object, changes));
    assert.deepEqual(documentEdits(now, changes).edits, []);
  });
}

function documentOf(text: string): EditableDocument {
  const source = readManifest(text, "pod.yaml").pods[0]?.sourceMap.source();
  assert.ok(source);
  return { file: "pod.yaml", ...source };
}
