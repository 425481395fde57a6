// The last lines of `check`: how much was checked, what was found, what was accepted, what was skipped and why.
import type { CheckReport } from "../../core/answers/checked.ts";
import { LEVELS } from "../../core/podsecurity/level.ts";
import { row } from "../columns.ts";
import { count } from "../count.ts";
import { skippedText, unreadText } from "../restText.ts";
import type { Style } from "../style.ts";
import { KINDS, type Kind } from "./kind.ts";
import { nothingText } from "./nothing.ts";
import { type CheckTally, tallyOf } from "./tally.ts";
import type { CheckTextOptions } from "./text.ts";

type Paint = (text: string) => string;

type SummaryOptions = Pick<CheckTextOptions, "style" | "counted" | "tally">;

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
  { style, counted, tally = tallyOf(report.pods) }: SummaryOptions,
): (readonly [string, Paint])[] {
  const worst = KINDS.find((kind) => tally.found[kind] > 0);
  const lines: [string, Paint][] = [];
  const pods = counted ?? tally.pods;
  const found = counted === undefined ? foundText(tally) : "";
  lines.push([
    `${count(pods, "pod")} in ${count(report.files, "file")} checked${found}`,
    counted === undefined ? paintOf(worst, style) : (text) => text,
  ]);
  if (tally.pods > 1) lines.push([levelsText(tally), (text) => text]);
  if (tally.podSecurity > 0) {
    lines.push([fixText(report.untoldFixes ?? 0, tally), style.dim]);
  }
  if (worst !== undefined && counted === undefined) {
    lines.push(["what an id means, with examples: docs/checks/ID.md of the project", style.dim]);
  }
  const accepted = acceptedText(tally);
  if (accepted !== "") lines.push([accepted, style.dim]);
  const skipped = skippedText(report.skipped);
  if (skipped !== "") lines.push([skipped, style.dim]);
  const nothing = nothingText(report, pods);
  if (nothing !== "") lines.push([nothing, style.red]);
  const unread = unreadText(report.errors);
  if (unread !== "") lines.push([unread, style.red]);
  for (const { reason, at, expired } of report.unusedSuppressions) {
    const what = expired === undefined ? "unused suppression" : `suppression expired on ${expired}`;
    lines.push([`${what} at ${at}: ${reason}`, style.yellow]);
  }
  return lines;
}

/** Nothing of what is not shown vanishes without a word. */
function fixText(untold: number, { pods, clean }: CheckTally): string {
  if (untold === 0)
    return "secctx fix shows the edits that reach the level, or what is in their way";
  const shown = pods - clean - untold;
  const which =
    shown <= 0 ? "no pod's fix is shown" : `the fix of ${count(untold, "more pod")} is not shown`;
  return `${which}, there are too many: secctx fix --diff FILE prints all`;
}

function paintOf(worst: Kind | undefined, style: Style): Paint {
  const paint = { refusal: style.red, unmet: style.red, warning: style.yellow, note: style.blue };
  return worst === undefined ? style.green : paint[worst];
}

/** `: 1 refusal, 5 unmet requirements of restricted, 2 notes; 3 clean`. */
function foundText({ pods, clean, found, asked }: CheckTally): string {
  const [level, ...others] = LEVELS.filter((one) => asked[one] > 0 && one !== "privileged");
  const ofLevel = others.length === 0 ? (level ?? "the level") : "the level";
  const parts = KINDS.flatMap((kind) => {
    const number = found[kind];
    if (number === 0) return [];
    const isUnmet = kind === "unmet";
    return [isUnmet ? `${count(number, "unmet requirement")} of ${ofLevel}` : count(number, kind)];
  });
  if (parts.length === 0) return pods === 0 ? "" : ": nothing found";
  return `: ${parts.join(", ")}${clean === 0 ? "" : `; ${clean} clean`}`;
}

/** `levels met: 3 restricted, 1 privileged`. */
function levelsText({ levels }: CheckTally): string {
  const met = Object.entries(levels).filter(([, number]) => number > 0);
  return `levels met: ${met.map(([level, number]) => `${number} ${level}`).join(", ")}`;
}

/** ` (at 7 places)`: what is said of several places is one finding; empty where each has one. */
export function placesText(findings: number, places: number): string {
  return places > findings ? ` (at ${places} places)` : "";
}

const BY = { comment: "comment", config: "configuration", baseline: "baseline" };

/** `3 suppressed: 2 by comment, 1 by baseline (at 7 places)`. */
function acceptedText({ suppressed, suppressedPlaces }: CheckTally): string {
  const by = Object.entries(suppressed);
  if (by.length === 0) return "";
  const all = by.reduce((sum, [, number]) => sum + number, 0);
  const parts = by.map(([where, number]) => `${number} by ${BY[where as keyof typeof BY]}`);
  return `${all} suppressed: ${parts.join(", ")}${placesText(all, suppressedPlaces)}`;
}
