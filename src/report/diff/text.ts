// `diff` for people: per workload its verdict, and below it what changed, before and after.
import type { PrivilegeChange, Verdict, WorkloadDiff } from "../../core/answers/diff.ts";
import { printable, row } from "../columns.ts";
import type { Style } from "../style.ts";
import { changeText, diffSummary, WORDS } from "./words.ts";

export interface DiffTextOptions {
  readonly style: Style;
  readonly columns: number;
  readonly quiet: boolean;
}

/** Workloads without a change are only counted. */
export function diffText(diffs: readonly WorkloadDiff[], options: DiffTextOptions): string {
  const shown = diffs.filter(({ verdict }) => verdict !== "same").map((one) => block(one, options));
  return [...shown, ...(options.quiet ? [] : [`${diffSummary(diffs)}\n`])].join("\n");
}

function block(diff: WorkloadDiff, { style, columns }: DiffTextOptions): string {
  const { kind, namespace, name } = diff.workload;
  const place = diff.after ?? diff.before;
  const title = style.bold(printable(`${kind} ${namespace}/${name}`));
  const at = place === null ? "" : style.dim(printable(`  ${place.file}:${place.line}`));
  const level = place !== null && diff.changes.length === 0 ? `  meets ${place.podSecurity}` : "";
  const head = `${title}${at}  ${painted(diff.verdict, style)}${level}`;
  const rows = diff.changes.flatMap((change) => changeRow(change, style, columns));
  return [head, ...rows].map((line) => `${line}\n`).join("");
}

function painted(verdict: Verdict, style: Style): string {
  const paint = {
    ...{ more: style.red, mixed: style.yellow, changed: style.yellow, added: style.blue },
    ...{ fewer: style.green, removed: style.dim, same: style.dim },
  }[verdict];
  return paint(WORDS[verdict]);
}

const SIGNS = { more: "+", fewer: "-", changed: "~" } as const;

function changeRow(changed: PrivilegeChange, style: Style, columns: number): string[] {
  const { container, field, change } = changed;
  const paint = { more: style.red, fewer: style.green, changed: style.yellow }[change];
  const who = container === "" ? "pod" : `container ${container}`;
  const widths = [
    { width: 1 },
    { width: 18 },
    { width: 24 },
    { width: Math.max(20, columns - 53) },
  ];
  const value = changeText(changed);
  const cells = [{ text: SIGNS[change], paint }, { text: who }, { text: field }, { text: value }];
  return row(cells, widths, "  ");
}
