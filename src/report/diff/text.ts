// `diff` for people: per workload its verdict, and below it what changed, before and after.
import {
  isAddedBeyondBaseline,
  type PrivilegeChange,
  type Rewording,
  type Verdict,
  type WorkloadDiff,
} from "../../core/answers/diff.ts";
import { partsText } from "../check/parts.ts";
import { type Cell, row } from "../columns.ts";
import type { Style } from "../style.ts";
import {
  beyondWhy,
  changeText,
  diffSummary,
  isTold,
  levelText,
  refusedText,
  rewordingText,
  WORDS,
} from "./words.ts";

export interface DiffTextOptions {
  readonly style: Style;
  readonly columns: number;
  readonly quiet: boolean;
}

/** Workloads without a change are only counted; so are, if told to be quiet, those with other words alone. */
export function diffText(diffs: readonly WorkloadDiff[], options: DiffTextOptions): string {
  const { columns, quiet } = options;
  const shown = diffs
    .filter((one) => (quiet ? one.verdict !== "same" : isTold(one)))
    .map((one) => block(one, options));
  const summary = row([{ text: diffSummary(diffs) }], [{ width: columns }], "").join("\n");
  return [...shown, ...(quiet ? [] : [`${summary}\n`])].join("\n");
}

function block(diff: WorkloadDiff, { style, columns }: DiffTextOptions): string {
  const { kind, namespace, name } = diff.workload;
  const place = diff.after ?? diff.before;
  const isBeyond = isAddedBeyondBaseline(diff);
  const head = partsText(
    [
      { text: `${kind} ${namespace}/${name}`, paint: style.bold },
      ...(place === null ? [] : [{ text: `${place.file}:${place.line}`, paint: style.dim }]),
      { text: WORDS[diff.verdict], paint: isBeyond ? style.red : paintOf(diff.verdict, style) },
      ...(place !== null && diff.changes.length === 0 && diff.verdict !== "same"
        ? [{ text: levelText(place), ...(isBeyond ? { paint: style.red } : {}) }]
        : []),
    ],
    columns,
  );
  const rows = diff.changes.flatMap((change) => changeRow(change, style, columns));
  for (const one of diff.withoutEffect ?? []) rows.push(...rewordingRow(one, style, columns));
  for (const [sign, text] of [
    ["+", beyondWhy(diff)],
    ["!", refusedText(diff)],
  ] as const) {
    if (text === "") continue;
    const cells = [{ text: sign, paint: style.red }, { text }];
    rows.push(...row(cells, [{ width: 1 }, { width: Math.max(20, columns - 5) }], "  "));
  }
  return [...head, ...rows].map((line) => `${line}\n`).join("");
}

function paintOf(verdict: Verdict, style: Style): (text: string) => string {
  return {
    ...{ more: style.red, mixed: style.yellow, changed: style.yellow, added: style.blue },
    ...{ fewer: style.green, removed: style.dim, same: style.dim },
  }[verdict];
}

const SIGNS = { more: "+", fewer: "-", changed: "~" } as const;

function changeRow(changed: PrivilegeChange, style: Style, columns: number): string[] {
  const { change } = changed;
  const paint = { more: style.red, fewer: style.green, changed: style.yellow }[change];
  return fieldRow(changed, [{ text: SIGNS[change], paint }, changeText(changed)], columns);
}

function rewordingRow(one: Rewording, style: Style, columns: number): string[] {
  return fieldRow(one, [{ text: "=", paint: style.dim }, rewordingText(one)], columns);
}

function fieldRow(
  { container, field }: Rewording,
  [sign, value]: readonly [Cell, string],
  columns: number,
): string[] {
  // One without a name is told by its path, which needs no word before it.
  const isPath = container.includes("[");
  const who = container === "" ? "pod" : isPath ? container : `container ${container}`;
  const widths = [
    { width: 1 },
    { width: 18 },
    { width: 24 },
    { width: Math.max(20, columns - 53) },
  ];
  return row([sign, { text: who }, { text: field }, { text: value }], widths, "  ");
}
