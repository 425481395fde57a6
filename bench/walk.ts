// How many pods per second one core walks: the core alone, on documents that are parsed already.
//
// `walk` is the whole journey with its trace, as explain needs it; `fast` is API server, Pod Security and kubelet without
// trace, as check needs it. Measured on the bundled library in a process of its own, by CPU time, after five seconds of
// warm-up each.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Figures } from "./figures.ts";
import { show } from "./measure.ts";

const ROUNDS = 9;

/** What the loop calls its forms. */
const WORDS: Readonly<Record<string, string>> = {
  "API server, Pod Security and kubelet, no trace (check)":
    "API server, Pod Security and kubelet, pods per CPU second on one core",
  "whole journey with trace and findings (explain)":
    "the whole journey with provenance, pods per CPU second on one core",
};

export async function main(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "secctx-bench-"));
  try {
    const outfile = join(folder, "walk.mjs");
    await build({
      entryPoints: ["bench/walkLoop.ts"],
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      outfile,
      logLevel: "error",
    });
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const results: Record<string, number[]> = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      const output = execFileSync(process.execPath, [outfile], { encoding: "utf8" });
      for (const [name, rate] of Object.entries(JSON.parse(output) as Record<string, number>)) {
        results[name] ??= [];
        results[name].push(rate);
      }
    }
    const rows = Object.entries(results).map(([name, rates]) => {
      const what = WORDS[name] ?? `${name}, pods per CPU second`;
      return { what, values: show(rates) };
    });
    return { rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
