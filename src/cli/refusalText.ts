// What the API server says of the pod of `run`, refusals and warnings: what `check` finds of it, with its lines and hints.
import { toCheckFinding } from "../core/answers/checkFinding.ts";
import { placeFinding } from "../core/answers/place.ts";
import { findingsOf, type Journey } from "../core/journey.ts";
import { warningsOf } from "../lifecycle/warnings.ts";
import { blocksOf } from "../report/check/blocks.ts";
import { type BlockOptions, blockText } from "../report/check/findingBlock.ts";
import { hinted } from "../report/check/hinted.ts";
import { printable } from "../report/columns.ts";

const WIDEST = 160;

/** `Warning: unknown field "spec.hostUser"; did you mean hostUsers? (pod.yaml:7:3)`, as kubectl begins it. */
export function warningText(journey: Journey, style: BlockOptions["style"]): string {
  const findings = findingsOf(journey).map((one) => placeFinding(one, journey.document));
  return warningsOf(journey)
    .map((message) => {
      const found = findings.find((finding) => finding.message === message);
      const { file, line, column } = found ?? {};
      const place = line === undefined ? "" : style.dim(` (${file}:${line}:${column})`);
      const text = hinted({ message, ...(found?.hint === undefined ? {} : { hint: found.hint }) });
      return `${style.yellow("Warning:")} ${printable(text)}${place}\n`;
    })
    .join("");
}

/** Blocks below one another; "" where no stage found anything. */
export function refusalText(journey: Journey, { style, columns }: BlockOptions): string {
  const { document, world } = journey;
  const options = { excerpts: true, named: document.file, fixes: false, suggestions: false };
  const findings = findingsOf(journey)
    .filter(({ severity }) => severity === "refusal")
    .map((finding) => toCheckFinding({ finding }, document, world, options));
  const width = { style, columns: Math.min(columns, WIDEST) };
  return blocksOf(findings)
    .map((block) => `${blockText(block, width).join("\n")}\n\n`)
    .join("");
}
