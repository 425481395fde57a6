// How many pods of the real manifests reach each level before and after `fix`, with and without a uid for root programs.
import { fixedCorpus, hasCorpus, NO_SHARE, type Share, withFile } from "../test/fixCorpus.ts";
import type { Figures } from "./figures.ts";

export function main(): Figures {
  if (!hasCorpus) throw new Error("bench fix: no corpus of manifests in ../shared/corpus");
  const rows: string[][] = [];
  for (const level of ["baseline", "restricted"] as const) {
    for (const runAsUser of [{}, { all: 1000 }]) {
      let share = NO_SHARE;
      for (const { fixed } of fixedCorpus({ level, runAsUser }))
        share = withFile(share, fixed, level);
      const how = "all" in runAsUser ? " --run-as-user 1000" : "";
      rows.push([`\`--level ${level}${how}\``, ...cellsOf(share)]);
      console.log(rows.at(-1)?.join("  "));
    }
  }
  const head = ["`secctx fix`", "files", "pods", "reach the level before", "and after"];
  return { rows: [], table: { head, rows, notes: [] } };
}

function cellsOf({ files, pods, before, after }: Share): string[] {
  const percent = (part: number) => `${part} (${((100 * part) / Math.max(pods, 1)).toFixed(1)} %)`;
  return [String(files), String(pods), percent(before), percent(after)];
}
