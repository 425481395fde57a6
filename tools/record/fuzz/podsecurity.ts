// Draws pods, has the real Pod Security library judge them at every level and version (tools/record/podsecurity, built with Go),
// and prints each that secctx judges otherwise. Usage: node --import tsx tools/record/fuzz/podsecurity.ts [COUNT] [SEED]

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { parseJson } from "../../../src/core/rules/json.ts";
import { firstDifference } from "../../../test/golden.ts";
import { type PsaRow, verdicts } from "../../../test/goldens/podsecurity.ts";
import { PODS } from "./pods.ts";

const [count = "1000", seed = "1"] = process.argv.slice(2);
const pods = fc.sample(PODS, { numRuns: Number(count), seed: Number(seed) });
const work = mkdtempSync(join(tmpdir(), "secctx-psa-"));
try {
  const rows = pods.map((pod, index) =>
    JSON.stringify({ name: String(index), group: "drawn", pod }),
  );
  writeFileSync(join(work, "psa.jsonl.gz"), gzipSync(rows.join("\n")));
  writeFileSync(join(work, "psa-fixtures.jsonl.gz"), gzipSync(""));
  const record = fileURLToPath(new URL("../record.sh", import.meta.url));
  const args = [record, "podsecurity", "--cases", work, "--out", join(work, "out")];
  const ran = spawnSync("bash", args, { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`the recorder failed: ${ran.stderr}`);
  const folder = /recorded in (\S+)/.exec(ran.stderr)?.[1] ?? "";
  const [answers = ""] = spawnSync("find", [folder, "-name", "psa.jsonl.gz"], {
    encoding: "utf8",
  }).stdout.split("\n");
  compare(gunzipSync(readFileSync(answers)).toString("utf8"));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function compare(answers: string): void {
  const lines = answers.split("\n").filter((line) => line !== "");
  let differing = 0;
  for (const line of lines) {
    const row = parseJson(line) as unknown as PsaRow;
    const { expected, predict } = verdicts(row.name, row.pod, row.results);
    const found = firstDifference(expected, predict(), "");
    if (found === undefined) continue;
    differing += 1;
    console.log(JSON.stringify({ ...found, pod: row.pod }));
  }
  console.error(`${lines.length - differing} of ${lines.length} agree`);
  process.exitCode = differing === 0 ? 0 : 1;
}
