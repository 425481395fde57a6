// `check` for people: findings by file and workload, each with its line and a caret, and at the end what was read and what was not.
import type { CheckedPod, CheckReport } from "../../core/answers/checked.ts";
import { printable } from "../columns.ts";
import { manifestErrorText } from "../manifestError.ts";
import type { Style } from "../style.ts";
import { blockOf, grouped } from "./findingBlock.ts";
import { summaryText } from "./summary.ts";

export interface CheckTextOptions {
  readonly style: Style;
  /** Width of the terminal in characters. */
  readonly columns: number;
  /** Only findings: no pod without any, no summary. */
  readonly quiet: boolean;
  /** Pods that were checked, where they are told elsewhere. */
  readonly counted?: number;
}

/** Ends with a newline, unless there is nothing to say. */
export function checkText(report: CheckReport, options: CheckTextOptions): string {
  const { style, quiet } = options;
  const parts = report.pods.flatMap((pod) => podText(pod, options));
  for (const error of report.errors) parts.push(manifestErrorText(error, style));
  if (!quiet) parts.push(summaryText(report, options));
  return parts.join("\n");
}

function podText(pod: CheckedPod, options: CheckTextOptions): string[] {
  const { style, quiet, columns } = options;
  const shown = pod.findings.filter(({ suppressed }) => suppressed === undefined);
  if (shown.length === 0 && quiet) return [];
  const { kind, namespace, name } = pod.workload;
  const title = style.bold(printable(`${kind} ${namespace}/${name}`));
  const place = style.dim(printable(`${pod.source.file}:${pod.source.line}`));
  const head = `${title}  ${place}  ${levelText(pod, style)}\n`;
  const blocks = grouped(shown).flatMap((group) => blockOf(group, { style, columns }));
  return [[head, ...blocks.map((line) => `${line}\n`)].join("")];
}

function levelText({ podSecurity }: CheckedPod, style: Style): string {
  const { level, met, highest } = podSecurity;
  if (met) return style.green(`meets ${level}`);
  const instead = highest === "privileged" ? "no level but privileged" : highest;
  return style.red(`does not meet ${level}`) + style.dim(` (meets ${instead})`);
}
