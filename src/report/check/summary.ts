// The last lines of `check`: how much was checked, what was skipped and why, what was found and what was suppressed.
import type { CheckReport, SkippedDocument } from "../../core/answers/checked.ts";
import { printable } from "../columns.ts";
import type { CheckTextOptions } from "./text.ts";

/** Ends with a newline. */
export function summaryText(report: CheckReport, { style, counted }: CheckTextOptions): string {
  const pods = counted ?? report.pods.length;
  const lines = [
    `${count(pods, "pod")} in ${count(report.files, "file")} checked${foundText(report, counted)}`,
  ];
  if (report.skipped.length > 0) lines.push(style.dim(skippedText(report.skipped)));
  if (report.errors.length > 0) {
    lines.push(style.red(`${count(report.errors.length, "document")} could not be read`));
  }
  for (const { reason, at, expired } of report.unusedSuppressions) {
    const what = expired === undefined ? "unused suppression" : `suppression expired on ${expired}`;
    lines.push(style.yellow(printable(`${what} at ${at}: ${reason}`)));
  }
  return `${lines.join("\n")}\n`;
}

function foundText({ pods }: CheckReport, counted: number | undefined): string {
  if (counted !== undefined) return "";
  const findings = pods.flatMap((pod) => pod.findings);
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  const parts = (["refusal", "warning", "note"] as const).flatMap((severity) => {
    const number = open.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [count(number, severity)];
  });
  const hidden = findings.length - open.length;
  if (hidden > 0) parts.push(`${hidden} suppressed`);
  return parts.length === 0 ? ": nothing found" : `: ${parts.join(", ")}`;
}

/** `skipped: 3 documents, no workload (2 Service, 1 ConfigMap)`. */
function skippedText(skipped: readonly SkippedDocument[]): string {
  const reasons = tally(skipped.map(({ reason }) => reason));
  const parts = [...reasons].map(([reason, number]) => {
    const kinds = skipped.filter((one) => one.reason === reason && one.kind !== "");
    const named = [...tally(kinds.map(({ kind }) => kind))].map(([kind, of]) => `${of} ${kind}`);
    const which = named.length === 0 ? "" : ` (${named.join(", ")})`;
    return `${count(number, "document")}, ${reason}${which}`;
  });
  return printable(`skipped: ${parts.join("; ")}`);
}

function tally(words: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const word of words) numbers.set(word, (numbers.get(word) ?? 0) + 1);
  return numbers;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
