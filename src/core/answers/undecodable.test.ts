import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../manifest/manifest.ts";
import { kindlessError, versionlessError } from "./undecodable.ts";

const SPEC = "spec: {containers: [{name: a, image: b}]}";

/** `line:column message`, in the order of the text. */
function told(text: string): string[] {
  const { pods, skipped } = readManifest(text, "x.yaml");
  return [
    ...pods.map(versionlessError),
    ...skipped.map((one) => kindlessError(one, "x.yaml")),
  ].flatMap((error) =>
    error === undefined ? [] : [`${error.line}:${error.column} ${error.message}`],
  );
}

const BODY = '{"containers":[{"image":"b","name":"a"}]}';
const ROWS: readonly (readonly [says: string, text: string, errors: readonly string[]])[] = [
  ["a pod that says both", `apiVersion: v1\nkind: Pod\n${SPEC}`, []],
  [
    "a pod without apiVersion",
    `kind: Pod\n${SPEC}`,
    ["1:1 error validating data: apiVersion not set"],
  ],
  [
    "a workload whose apiVersion is null",
    `apiVersion:\nkind: Deployment\nspec: {template: {${SPEC}}}`,
    ["2:1 error validating data: apiVersion not set"],
  ],
  [
    "an empty apiVersion",
    `apiVersion: ""\nkind: Pod\n${SPEC}`,
    ["2:1 the server could not find the requested resource"],
  ],
  [
    "an apiVersion without a kind, keys in kubectl's order",
    `spec: {containers: [{name: a, image: b}]}\napiVersion: v1`,
    [`1:1 Object 'Kind' is missing in '{"apiVersion":"v1","spec":${BODY}}'`],
  ],
  ["neither, but a pod", SPEC, [`1:1 Object 'Kind' is missing in '{"spec":${BODY}}'`]],
  [
    "neither, but a template",
    `spec: {template: {${SPEC}}}`,
    [`1:1 Object 'Kind' is missing in '{"spec":{"template":{"spec":${BODY}}}}'`],
  ],
  [
    "an item of a list",
    `apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  ${SPEC}\n- apiVersion: v1\n  ${SPEC}`,
    [
      "4:3 error validating data: apiVersion not set",
      `6:3 Object 'Kind' is missing in '{"apiVersion":"v1","spec":${BODY}}'`,
    ],
  ],
  ["values", "image: {repository: a}\nspec: {replicas: 2}", []],
  ["a chart's index", "apiVersion: v1\nentries: {}\ngenerated: now", []],
  ["Grafana's", "apiVersion: 1\ndatasources: []", []],
];

for (const [says, text, errors] of ROWS) {
  test(`kubectl on ${says}`, () => {
    assert.deepEqual(told(text), errors);
  });
}

test("of a long object the sentence shows the beginning", () => {
  const [error = ""] = told(`apiVersion: v1\nmetadata: {name: ${"x".repeat(500)}}`);
  assert.match(error, /^1:1 Object 'Kind' is missing in '\{"apiVersion":"v1".*…'$/);
  assert.ok(error.length < 200);
});
