import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../manifest/manifest.ts";
import { DEFAULT_WORLD } from "../../model/world.ts";
import { composeWorld } from "../../rules/world.ts";
import { fix } from "../fix.ts";
import { misspelledFields, renamedFields } from "./misspelled.ts";

const JUDGING = { worlds: [DEFAULT_WORLD], accepted: [] };

function podOf(containers: number) {
  const names = Array.from({ length: containers }, (_, index) => `c${index}`);
  const text = names.map(
    (name) => `{name: ${name}, securityContext: {readOnlyRootFilesytem: true}}`,
  );
  const [document] = readManifest(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [${text.join(", ")}]}\n`,
    "pod.yaml",
  ).pods;
  assert.ok(document);
  return document;
}

test("as many slips as a person makes get their names; of more, none does", () => {
  const few = podOf(32);
  assert.equal(renamedFields(few, JUDGING).renames.length, 32);
  assert.equal(misspelledFields(few, JUDGING).length, 32);
  const many = podOf(33);
  assert.deepEqual(renamedFields(many, JUDGING), { changes: [], notes: [], renames: [] });
  assert.deepEqual(misspelledFields(many, JUDGING), []);
});

test("a plan holds for what was asked, and for nothing else", () => {
  const document = podOf(1);
  const path = ["spec", "containers", 0, "securityContext", "readOnlyRootFilesytem"];
  const field = { path, value: true };
  const accepted = [{ id: "apiserver.unknownField", field, reason: "known", at: "pod.yaml:1" }];
  const asked = { ...JUDGING, accepted };
  assert.equal(renamedFields(document, JUDGING).renames.length, 1);
  assert.equal(renamedFields(document, asked).renames.length, 0);
  assert.equal(renamedFields(document, JUDGING).renames.length, 1);
});

test("a name that only the uid makes harmless is given with it: a second run changes nothing", () => {
  const world = composeWorld({ images: { root: { user: "" } } });
  const text = `kind: Pod
apiVersion: v1
metadata: {name: p}
spec:
  containers:
  - name: a
    image: root
    securityContext:
      runAsNonroot: true
`;
  const options = { level: "restricted", runAsUser: { all: 7 } } as const;
  const fixed = fix(text, "p.yaml", world, options);
  assert.match(fixed.text, /^ {6}runAsNonRoot: true$/m);
  assert.deepEqual(
    fixed.pods[0]?.notes.map(({ kind, line, message }) => `${kind} ${line} ${message}`),
    ["corrected 9 the unknown field runAsNonroot becomes runAsNonRoot"],
  );
  assert.deepEqual(fix(fixed.text, "p.yaml", world, options).edits, []);
});
