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
import { spread } from "./measure.ts";

const ROUNDS = 9;

export async function main(): Promise<void> {
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
    console.log("| what | pods per CPU second: min / median / max |\n| --- | --- |");
    for (const [name, rates] of Object.entries(results)) {
      const { min, median, max } = spread(rates);
      console.log(
        `| ${name} | ${[min, median, max].map((rate) => Math.round(rate)).join(" / ")} |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
