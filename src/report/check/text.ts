// `check` for people: findings by file and workload, each with its line and a caret, and at the end what was read and what was not.
import type { CheckedPod, CheckReport } from "../../core/answers/checked.ts";
import { type Cell, printable, width } from "../columns.ts";
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
  const head = headText(
    [
      { text: printable(`${kind} ${namespace}/${name}`), paint: style.bold },
      { text: printable(`${pod.source.file}:${pod.source.line}`), paint: style.dim },
      ...levelParts(pod, style),
    ],
    columns,
  );
  const blocks = grouped(shown).flatMap((group) => blockOf(group, { style, columns }));
  return [[head, ...blocks.map((line) => `${line}\n`)].join("")];
}

function levelParts({ podSecurity }: CheckedPod, style: Style): Cell[] {
  const { level, met, highest } = podSecurity;
  if (met) return [{ text: `meets ${level}`, paint: style.green }];
  const instead = highest === "privileged" ? "no level but privileged" : highest;
  return [
    { text: `does not meet ${level}`, paint: style.red },
    { text: `(meets ${instead})`, paint: style.dim },
  ];
}

/** The parts on one line as far as they fit, the others below. Ends with a newline. */
function headText(parts: readonly Cell[], columns: number): string {
  let text = "";
  let used = 0;
  for (const { text: part, paint = String } of parts) {
    const fits = used === 0 || used + 2 + width(part) <= columns;
    text += `${used === 0 ? "" : fits ? "  " : "\n  "}${paint(part)}`;
    used = fits ? used + (used === 0 ? 0 : 2) + width(part) : 2 + width(part);
  }
  return `${text}\n`;
}
