// However a text is read (whole, document by document, in pieces), it holds the same pods and the same errors; no text breaks the reader.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { eachDocument, type Manifest, readManifest } from "./manifest.ts";
import { piecesOf } from "./segments.ts";

const WORDS = [
  "kind: Pod\n",
  "apiVersion: v1\n",
  "metadata: { name: web }\n",
  "spec:\n  containers:\n    - name: app\n      image: app:1\n",
  "  - &a [1, *a]\n",
  "---\n",
  "--- # next\n",
  "---oops\n",
  "...\n",
  "%YAML 1.1\n",
  "{{ .Values.x }}\n",
  '{"kind":"Pod","spec":{}}',
  "\r\n",
  "\t- x: y\n",
  "\ufeff",
  "\u2028",
  "\0",
  "a: 'b\n",
  "<<: *x\n",
  "# note\n",
  "kind: List\nitems: [{ kind: Pod }, 3]\n",
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }).map((words) => words.join("")),
  fc
    .tuple(fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }), fc.string({ maxLength: 40 }))
    .map(([words, noise]) => [...words.slice(0, 6), noise, ...words.slice(6)].join("")),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.integer({ min: 1, max: 2_000 }).map((size) => `kind: Pod\nspec: ${"[".repeat(size)}`),
  fc.integer({ min: 1, max: 200_000 }).map((size) => `kind: Pod\nx: "${"y".repeat(size)}`),
);

function said(parts: Iterable<Manifest>, withExcerpts: boolean) {
  const all = [...parts];
  return {
    pods: all.flatMap(({ pods }) =>
      pods.map(({ sourceMap, ...pod }) => ({ ...pod, at: sourceMap.range([])?.start })),
    ),
    skipped: all.flatMap(({ skipped }) =>
      skipped.map(({ sourceMap, ...one }) => ({ ...one, at: sourceMap.range([])?.start })),
    ),
    errors: all
      .flatMap(({ errors }) => errors)
      .map((error) => ({ ...error, excerpt: withExcerpts ? error.excerpt : "" })),
  };
}

test("read whole and document by document: the same", () => {
  fc.assert(
    fc.property(text, (one) => {
      assert.deepEqual(
        said(eachDocument(one, "a.yaml"), true),
        said([readManifest(one, "a.yaml")], true),
      );
    }),
    { numRuns: 200, interruptAfterTimeLimit: 20_000 },
  );
});

test("read in pieces of any length: the same, with the same lines and columns", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 200 }), (one, length) => {
      const pieces = piecesOf(one, length);
      if (pieces === undefined) return;
      const parts = pieces.flatMap((piece) => [...eachDocument(piece.text, "a.yaml", {}, piece)]);
      assert.deepEqual(said(parts, false), said([readManifest(one, "a.yaml")], false));
    }),
    { numRuns: 300, interruptAfterTimeLimit: 20_000 },
  );
});
