// Values of a wrong type: what an edit puts in their place is told; what cannot be a container stays, and a name is not given where its value would be refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { composeWorld } from "../../rules/world.ts";
import { fix } from "../fix.ts";

const POD = "securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}";
const STRICT = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";
const REFUSES = "the API server refuses its type";

interface Row {
  readonly says: string;
  /** Of the spec. */
  readonly before: string;
  readonly after: string;
  readonly notes: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    says: "a text in place of a boolean, at the pod and in a container",
    before: `securityContext: {runAsNonRoot: "true", seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: app, securityContext: {allowPrivilegeEscalation: "false", capabilities: {drop: [ALL]}}}]`,
    after: `${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}}}]`,
    notes: [
      `corrected 4 allowPrivilegeEscalation: "false" becomes false: ${REFUSES}`,
      `corrected 4 runAsNonRoot: "true" becomes true: ${REFUSES}`,
    ],
  },
  {
    says: "a text in place of a list, a list in place of an object",
    before: `${POD}, containers: [{name: a, image: app, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: ALL}}}, {name: b, image: app, securityContext: {allowPrivilegeEscalation: false, capabilities: [ALL]}}, {name: c, image: app, securityContext: []}]`,
    after: `${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}}}, {name: b, image: app, securityContext: {${STRICT}}}, {name: c, image: app, securityContext: {${STRICT}}}]`,
    notes: [
      `corrected 4 securityContext: [] becomes an object: ${REFUSES}`,
      `corrected 4 capabilities.drop: "ALL" becomes ["ALL"]: ${REFUSES}`,
      `corrected 4 capabilities: ["ALL"] becomes an object: ${REFUSES}`,
    ],
  },
  {
    says: "an item that is no name, beside one that is corrected",
    before: `${POD}, containers: [{name: a, image: app, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [all, 12]}}}]`,
    after: `${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}}}]`,
    notes: [
      `corrected 4 capabilities.drop: 12 goes: ${REFUSES}`,
      "corrected 4 capabilities.drop: all is ALL",
    ],
  },
  {
    says: "null is none: a field that is there without a value is missing",
    before: `${POD}, containers: [{name: a, image: app, securityContext: {allowPrivilegeEscalation: null, capabilities: {drop: [ALL]}}}]`,
    after: `${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}}}]`,
    notes: [],
  },
  {
    says: "a container that is null stays, and the pod with it",
    before: "containers: [null, {name: a, image: app}]",
    after: "containers: [null, {name: a, image: app}]",
    notes: [
      "left 4 null is no container: what should stand here only its author knows",
      "left 4 the API server refuses it: spec.containers[0].name: Required value (and 1 more, see check)",
    ],
  },
  {
    says: "a misspelled field whose value would be refused keeps its name",
    before: `${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}, privilged: "false"}}]`,
    after: `${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}, privilged: "false"}}]`,
    notes: [
      'stays 4 unknown field "spec.containers[0].securityContext.privilged"; did you mean privileged? (that would be refused: Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal string into Go struct field SecurityContext.spec.containers.securityContext.privileged of type bool)',
    ],
  },
];

for (const { says, before, after, notes } of ROWS) {
  test(says, () => {
    const head = "kind: Pod\napiVersion: v1\nmetadata: {name: p}\n";
    const world = composeWorld({ images: { app: { user: "1000" } } });
    const fixed = fix(`${head}spec: {${before}}\n`, "p.yaml", world, { level: "restricted" });
    assert.equal(fixed.text, `${head}spec: {${after}}\n`);
    const told = fixed.pods[0]?.notes.map((one) => `${one.kind} ${one.line} ${one.message}`);
    assert.deepEqual(told, notes);
  });
}
