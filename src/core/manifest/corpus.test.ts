// Manifests of real projects, where they are at hand: what Kubernetes' own decoder found in them.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readManifest } from "./manifest.ts";

const CORPUS = process.env["SECCTX_CORPUS"] ?? "/work/shared/corpus";
const skip = existsSync(CORPUS) ? false : `no corpus at ${CORPUS}`;

interface Verdict {
  readonly file: string;
  readonly doc: number;
  readonly item?: number;
  readonly kind: string;
  readonly name: string;
  readonly error?: string;
}

test("every file is read, and every value that is there has its place", { skip }, () => {
  let read = 0;
  for (const entry of readdirSync(CORPUS, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(ya?ml|json)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const { pods } = readManifest(readFileSync(file, "utf8"), file);
    for (const { pod, workload, sourceMap } of pods) {
      for (const [index, container] of (pod.spec?.containers ?? []).entries()) {
        const path = [...workload.podPath, "spec", "containers", index];
        assert.ok(sourceMap.range(path), `${file} ${path.join(".")}`);
        if (container.image !== undefined) assert.ok(sourceMap.key([...path, "image"]), file);
      }
    }
    read += 1;
  }
  assert.ok(read > 0);
});

for (const set of ["real", "tricky"]) {
  test(`the pods of ${set} are those that Kubernetes found, document by document`, { skip }, () => {
    const expected = new Map<string, string[]>();
    const undecodable = new Set<string>();
    for (const line of readFileSync(join(CORPUS, `verdicts-${set}.jsonl`), "utf8").split("\n")) {
      if (line === "") continue;
      const { file, doc, item, kind, name, error } = JSON.parse(line) as Verdict;
      if (error !== undefined) undecodable.add(file);
      expected.set(file, [...(expected.get(file) ?? []), `${doc} ${item ?? "-"} ${kind} ${name}`]);
    }
    for (const [file, rows] of expected) {
      // What no API type takes has no name there.
      if (undecodable.has(file)) continue;
      const { pods } = readManifest(readFileSync(join(CORPUS, set, file), "utf8"), file);
      const found = pods.map(
        ({ document, objectPath, workload: { kind, name } }) =>
          `${document} ${objectPath[1] ?? "-"} ${kind} ${name}`,
      );
      assert.deepEqual(found, rows, file);
    }
  });
}
