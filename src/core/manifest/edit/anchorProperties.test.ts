// Whatever anchors and merges a pod is written with: its edits come to the changed data, and who shares an anchor keeps what it had.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applicable, changesOf, checkEdits } from "../../../../test/editChecks.ts";
import { readManifest } from "../manifest.ts";

const members = fc.subarray(["privileged: true", "runAsUser: 0", "capabilities: {add: [CHOWN]}"]);
/** One container's context: its own, the anchor, or the anchor with something beside it. */
const uses = fc.constantFrom(
  "securityContext: {privileged: true}",
  "securityContext: *sc",
  "securityContext: {<<: *sc}",
  "securityContext: {<<: *sc, runAsUser: 5}",
  "securityContext: {runAsUser: 5, <<: *sc}",
  "<<: *container",
  "<<: [*other, *container]",
  "securityContext: &own {privileged: true, capabilities: &caps {add: &add [CHOWN], drop: *add}}",
  "securityContext:\n      <<: [*sc, {runAsUser: 5}]\n      capabilities: &caps\n        drop: &add\n        - NET_RAW",
  "securityContext: *own",
  "securityContext: {<<: [*own, *sc]}",
  "securityContext:\n      <<: *own # its own\n      runAsUser: 5",
  "securityContext: {capabilities: *caps}",
  "securityContext: {capabilities: {<<: *caps, drop: [CHOWN]}}",
  "securityContext: {capabilities: {add: *add}}",
);
const placements = fc.constantFrom("x", "metadata");

test("anchors and merges: what is edited is right for all of their users", () => {
  fc.assert(
    fc.property(
      members,
      fc.tuple(uses, uses),
      placements,
      changesOf,
      (base, [first, second], place, changes) => {
        const text = `kind: Pod
${place}:
  sc: &sc {${base.join(", ")}}
  container: &container
    image: y
    securityContext: *sc
  other: &other {workingDir: /}
spec:
  containers:
  - name: a
    ${first}
  - name: b
    ${second}
`;
        const [document] = readManifest(text, "p.yaml").pods;
        fc.pre(document !== undefined);
        assert.ok(document);
        checkEdits(text, applicable(document.object, changes), false);
      },
    ),
    { numRuns: 1500 },
  );
});
