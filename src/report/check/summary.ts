// The last lines of `check`: how much was checked, what was found, what was accepted, what was skipped and why.
import type { CheckFinding, CheckReport } from "../../core/answers/checked.ts";
import { row } from "../columns.ts";
import { count } from "../count.ts";
import { skippedText, tally, unreadText } from "../restText.ts";
import type { Style } from "../style.ts";
import type { CheckTextOptions } from "./text.ts";

const SEVERITIES = ["refusal", "warning", "note"] as const;
type Paint = (text: string) => string;

/** Ends with a newline. */
export function summaryText(report: CheckReport, options: CheckTextOptions): string {
  const { columns } = options;
  const lines = summaryLines(report, options);
  return lines
    .flatMap(([text, paint]) => row([{ text, paint }], [{ width: columns }], ""))
    .map((line) => `${line}\n`)
    .join("");
}

/** One sentence each, with its colour. */
export function summaryLines(
  report: CheckReport,
  { style, counted }: Pick<CheckTextOptions, "style" | "counted">,
): (readonly [string, Paint])[] {
  const open = report.pods.flatMap((pod) => pod.findings).filter((one) => !one.suppressed);
  const worst = SEVERITIES.find((severity) => open.some((one) => one.severity === severity));
  const lines: [string, Paint][] = [];
  const pods = counted ?? report.pods.length;
  lines.push([
    `${count(pods, "pod")} in ${count(report.files, "file")} checked${foundText(report, open, counted)}`,
    counted === undefined ? paintOf(worst, style) : (text) => text,
  ]);
  if (report.pods.length > 1) lines.push([levelsText(report), (text) => text]);
  if (open.some(({ stage }) => stage === "podsecurity")) {
    lines.push(["secctx fix shows the edits that reach the level", style.dim]);
  }
  const accepted = acceptedText(report);
  if (accepted !== "") lines.push([accepted, style.dim]);
  const skipped = skippedText(report.skipped);
  if (skipped !== "") lines.push([skipped, style.dim]);
  const unread = unreadText(report.errors);
  if (unread !== "") lines.push([unread, style.red]);
  for (const { reason, at, expired } of report.unusedSuppressions) {
    const what = expired === undefined ? "unused suppression" : `suppression expired on ${expired}`;
    lines.push([`${what} at ${at}: ${reason}`, style.yellow]);
  }
  return lines;
}

function paintOf(worst: CheckFinding["severity"] | undefined, style: Style): Paint {
  const paint = { refusal: style.red, warning: style.yellow, note: style.blue };
  return worst === undefined ? style.green : paint[worst];
}

function foundText(
  { pods }: CheckReport,
  open: readonly CheckFinding[],
  counted: number | undefined,
): string {
  if (counted !== undefined) return "";
  const parts = SEVERITIES.flatMap((severity) => {
    const number = open.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [count(number, severity)];
  });
  if (parts.length === 0) return pods.length === 0 ? "" : ": nothing found";
  const clean = pods.filter(({ findings }) => findings.every((one) => one.suppressed)).length;
  return `: ${parts.join(", ")}${clean === 0 ? "" : `; ${clean} clean`}`;
}

/** `levels met: 3 restricted, 1 privileged`. */
function levelsText({ pods }: CheckReport): string {
  const parts = ["restricted", "baseline", "privileged"].flatMap((level) => {
    const number = pods.filter(({ podSecurity }) => podSecurity.highest === level).length;
    return number === 0 ? [] : [`${number} ${level}`];
  });
  return `levels met: ${parts.join(", ")}`;
}

const BY = { comment: "comment", config: "configuration", baseline: "baseline" };

/** `3 suppressed: 2 by comment, 1 by baseline`. */
function acceptedText({ pods }: CheckReport): string {
  const by = pods.flatMap(({ findings }) =>
    findings.flatMap(({ suppressed }) => (suppressed === undefined ? [] : [BY[suppressed.by]])),
  );
  if (by.length === 0) return "";
  const parts = [...tally(by)].map(([who, number]) => `${number} by ${who}`);
  return `${by.length} suppressed: ${parts.join(", ")}`;
}
