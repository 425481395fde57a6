// Why the API server refuses the pod of `run`: what `check` finds of it, with its lines and hints.
import { toCheckFinding } from "../core/answers/checkFinding.ts";
import { findingsOf, type Journey } from "../core/journey.ts";
import { blocksOf, grouped } from "../report/check/blocks.ts";
import { blockText } from "../report/check/findingBlock.ts";
import type { RowOptions } from "../report/check/labelled.ts";

const WIDEST = 160;

/** Blocks below one another; "" where no stage found anything. */
export function refusalText(journey: Journey, { style, columns }: RowOptions): string {
  const { document } = journey;
  const options = { excerpts: true, named: document.file };
  const findings = findingsOf(journey)
    .filter(({ severity }) => severity === "refusal")
    .map((finding) => toCheckFinding({ finding }, document, options));
  const width = { style, columns: Math.min(columns, WIDEST) };
  return blocksOf(grouped(findings))
    .map((block) => `${blockText(block, width).join("\n")}\n\n`)
    .join("");
}
