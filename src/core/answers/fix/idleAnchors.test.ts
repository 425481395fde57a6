// An anchor that stands where no program reads it is edited once for all of its users; one that is read is not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFixed } from "../../../../test/fixLaws.ts";
import { composeWorld } from "../../rules/world.ts";
import { fix } from "../fix.ts";

const WORLD = composeWorld({ images: { app: { user: "1000" } } });

interface Row {
  readonly says: string;
  readonly before: string;
  readonly after: string;
  /** Containers that have fields of their own now. */
  readonly unshared?: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    says: "an unknown field, used and merged",
    before: `x-common: &sc
  capabilities: { drop: [net_raw] }
kind: Pod
apiVersion: v1
metadata: { name: p }
spec:
  containers:
    - { name: a, image: app, securityContext: *sc }
    - { name: b, image: app, securityContext: *sc }
    - name: c
      image: app
      securityContext:
        <<: *sc
        privileged: true
`,
    after: `x-common: &sc
  capabilities: { drop: [NET_RAW] }
kind: Pod
apiVersion: v1
metadata: { name: p }
spec:
  containers:
    - { name: a, image: app, securityContext: *sc }
    - { name: b, image: app, securityContext: *sc }
    - name: c
      image: app
      securityContext:
        <<: *sc
        privileged: false
`,
  },
  {
    says: "beside the items of a List, for pods of several",
    before: `.drop: &drop [net_raw]
kind: List
apiVersion: v1
items:
  - kind: Pod
    apiVersion: v1
    metadata: { name: p }
    spec:
      containers:
        - { name: a, image: app, securityContext: { capabilities: { drop: *drop } } }
  - kind: Pod
    apiVersion: v1
    metadata: { name: q }
    spec:
      containers:
        - { name: b, image: app, securityContext: { capabilities: { drop: *drop } } }
`,
    after: `.drop: &drop [NET_RAW]
kind: List
apiVersion: v1
items:
  - kind: Pod
    apiVersion: v1
    metadata: { name: p }
    spec:
      containers:
        - { name: a, image: app, securityContext: { capabilities: { drop: *drop } } }
  - kind: Pod
    apiVersion: v1
    metadata: { name: q }
    spec:
      containers:
        - { name: b, image: app, securityContext: { capabilities: { drop: *drop } } }
`,
  },
  {
    says: "an annotation is read: it stays",
    before: `kind: Pod
apiVersion: v1
metadata: { name: p, annotations: { why: &why net_raw } }
spec:
  containers:
    - { name: a, image: app, securityContext: { capabilities: { drop: [*why] } } }
`,
    after: `kind: Pod
apiVersion: v1
metadata: { name: p, annotations: { why: &why net_raw } }
spec:
  containers:
    - { name: a, image: app, securityContext: { capabilities: { drop: [NET_RAW] } } }
`,
    unshared: ["a"],
  },
];

for (const { says, before, after, unshared = [] } of ROWS) {
  test(says, () => {
    const run = (text: string) => fix(text, "f", WORLD, { level: "baseline" });
    const fixed = run(before);
    assert.equal(fixed.text, after);
    const notes = fixed.pods.flatMap((pod) => pod.notes);
    const own = notes.filter(({ kind }) => kind === "unshared").map(({ container }) => container);
    assert.deepEqual(own, unshared);
    checkFixed(before, fixed, run);
  });
}
