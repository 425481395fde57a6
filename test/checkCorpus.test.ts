// The real manifests and the tricky pods of ../shared/corpus: `check` gives Pod Security's recorded verdict, word by word.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkPodDocument } from "../src/core/answers/check.ts";
import { type PodDocument, readManifest } from "../src/core/manifest/manifest.ts";
import { type PodSecurityResult, podsecurity } from "../src/core/podsecurity/podsecurity.ts";
import { composeWorld } from "../src/core/rules/world.ts";

const CORPUS = fileURLToPath(new URL("../../shared/corpus/", import.meta.url));
const skip = existsSync(CORPUS) ? false : "no ../shared/corpus beside the checkout";
const world = composeWorld({ node: { appArmor: true } });

interface Verdict {
  readonly allowed: boolean;
  readonly message?: string;
}
interface Row {
  readonly file: string;
  readonly doc: number;
  readonly kind: string;
  readonly name: string;
  readonly baseline: Verdict;
  readonly restricted: Verdict;
  readonly error?: string;
}

for (const [folder, list] of [
  ["real", "verdicts-real.jsonl"],
  ["tricky", "verdicts-tricky.jsonl"],
] as const) {
  test(`${folder}: every recorded verdict`, { skip }, (context) => {
    const rows = readFileSync(join(CORPUS, list), "utf8").trim().split("\n");
    const texts = new Map<string, readonly PodDocument[]>();
    let checked = 0;
    for (const row of rows.map((line) => JSON.parse(line) as Row)) {
      if (row.baseline === undefined) continue;
      const pods = texts.get(row.file) ?? podsOf(join(CORPUS, folder, row.file));
      texts.set(row.file, pods);
      const found = pods.filter(
        ({ document, workload }) =>
          document === row.doc && workload.kind === row.kind && workload.name === row.name,
      );
      const [pod] = found;
      assert.ok(pod, `${row.file} ${row.doc} ${row.kind} ${row.name} is found`);
      for (const level of ["baseline", "restricted"] as const) {
        const said = verdictOn(pod, level);
        assert.equal(
          said.allowed,
          row[level].allowed,
          `${row.file} ${row.doc} ${row.name} ${level}`,
        );
        if (!row[level].allowed) assert.equal(said.detail, row[level].message);
        checked += 1;
      }
      const name = pod.pod.metadata?.name ?? row.name;
      const { podSecurity } = checkPodDocument(pod, [world]);
      for (const level of ["baseline", "restricted"] as const) {
        const { allowed, message } = podSecurity[level];
        const detail = row[level].message;
        const whole = `pods "${name}" is forbidden: violates PodSecurity "${level}:v1.37": ${detail}`;
        assert.deepEqual([allowed, message], [row[level].allowed, allowed ? "" : whole]);
      }
    }
    context.diagnostic(`${checked} verdicts`);
  });
}

function podsOf(path: string): readonly PodDocument[] {
  return readManifest(readFileSync(path, "utf8"), path).pods;
}

function verdictOn({ pod }: PodDocument, level: "baseline" | "restricted"): PodSecurityResult {
  const version = world.kubernetes;
  const result = podsecurity({ pod, level, version }, world).out.results[`${level}:${version}`];
  assert.ok(result);
  return result;
}
