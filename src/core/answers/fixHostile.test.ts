// Texts of any kind: an answer, edits that can be made, and the rest of the text as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readManifest, type SkippedObject } from "../manifest/manifest.ts";
import { applyEdits } from "../model/edit.ts";
import { composeWorld } from "../rules/world.ts";
import { fix } from "./fix.ts";

const world = composeWorld({});
const POD = `# head
apiVersion: v1
kind: List
base: &b {image: x, securityContext: &s {privileged: true}}
items:
- kind: Pod
  apiVersion: v1
  metadata: {name: a, annotations: {seccomp.security.alpha.kubernetes.io/pod: unconfined}}
  spec:
    hostNetwork: yes # here
    securityContext: !!map
      ? runAsUser
      : 0
    containers:
    - name: a
      <<: *b
    - {name: c, securityContext: *s, "ports": [{hostPort: 8}, ]}
    - name: d
      securityContext: {capabilities: {add: [
        CAP_NET_RAW, # raw
        all]}}
      args: ["|", >-
        text]
`;
const noise = fc.constantFrom(
  "\n",
  "  ",
  "- ",
  ": ",
  "{",
  "}",
  "[",
  "]",
  ",",
  "&s ",
  "*s",
  "<<: *b\n",
  "#",
  "'",
  '"',
  "|\n",
  "? ",
  "---\n",
  "\t",
  "\r",
  "null",
  "securityContext:\n",
);
const cuts = fc.array(fc.tuple(fc.nat(POD.length), fc.nat(12), noise), { maxLength: 4 });

function mutilated(places: readonly (readonly [number, number, string])[]): string {
  let text = POD;
  for (const [at, length, put] of places) text = text.slice(0, at) + put + text.slice(at + length);
  return text;
}

/** All of it but its lines, which edits above it move. */
function untouched({ sourceMap: _, ...rest }: SkippedObject): Omit<SkippedObject, "sourceMap"> {
  return rest;
}

test("a manifest with random damage", () => {
  fc.assert(
    fc.property(cuts, fc.boolean(), (places, addOnly) => {
      const text = mutilated(places);
      const answer = fix(text, "p.yaml", world, { addOnly, runAsUser: { all: 9 } });
      assert.equal(applyEdits(text, answer.edits), answer.text);
      const [old, now] = [readManifest(text, "p"), readManifest(answer.text, "p")];
      assert.equal(now.pods.length, old.pods.length);
      assert.deepEqual(now.skipped.map(untouched), old.skipped.map(untouched));
      assert.deepEqual(
        now.errors.map(({ message }) => message),
        old.errors.map(({ message }) => message),
      );
      for (const pod of answer.pods)
        assert.ok(pod.met || pod.notes.some(({ kind }) => kind === "left"));
    }),
    { numRuns: 3000 },
  );
});

test("any text at all", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      assert.equal(fix(text, "p.yaml", world).text, text);
    }),
  );
});

test("aliases that stand for much more than is written", () => {
  const lines = ["a0: &a0 {hostPort: 1, containerPort: 1}"];
  for (let level = 1; level < 12; level += 1) {
    lines.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(4)}]`);
  }
  const pod = "kind: Pod\nspec: {hostPID: true, containers: [{name: a, image: x}]}";
  const text = `${lines.join("\n")}\n${pod}\n`;
  const { pods, errors } = fix(text, "p.yaml", world, { level: "baseline" });
  assert.ok(errors.length === 1 || pods[0]?.met === true);
});
