// One block of findings for people: the place, the line itself with carets, and what is said there, by whom and how to mend it.
import type { CheckFinding } from "../../core/answers/checked.ts";
import type { SuggestedLine } from "../../core/answers/fix/suggestion.ts";
import { type Cell, row } from "../columns.ts";
import type { Style } from "../style.ts";
import type { Block, Said } from "./blocks.ts";
import { excerptText } from "./excerptText.ts";
import { expiredText } from "./hinted.ts";
import { partsText } from "./parts.ts";
import { leftText, shownLines } from "./shownLines.ts";
import { mendOf } from "./titles.ts";
import { saidBy, whoText } from "./whoText.ts";

export interface BlockOptions {
  readonly style: Style;
  readonly columns: number;
}

const MARGIN = "  ";
const LABEL = 7;
const GAP = 2;
/** From here on the id stands beside the sentence. */
const WIDE = 120;
const ID = 40;
/** More places than these are counted. */
const MAX_PLACES = 8;

/** Lines, without the empty one between blocks. */
export function blockText({ place, said }: Block, options: BlockOptions): string[] {
  const { style, columns } = options;
  const paint = paintsOf(style)[said[0]?.finding.severity ?? "note"];
  const room = columns - MARGIN.length - 1;
  return [
    ...partsText(placeParts(place, style), columns, MARGIN),
    ...excerptText(place, { style, paint, columns: room }).map((line) => `${MARGIN} ${line}`),
    ...saidText(said, options),
  ];
}

function paintsOf(
  style: Style,
): Readonly<Record<CheckFinding["severity"], (text: string) => string>> {
  return { refusal: style.red, warning: style.yellow, note: style.blue };
}

function placeParts(
  { file, line, column, container, inherited }: CheckFinding,
  style: Style,
): Cell[] {
  const parts = [line === undefined ? file : `${file}:${line}:${column ?? 1}`];
  if (container !== undefined && container !== "") parts.push(`container ${container}`);
  if (inherited !== undefined) parts.push(`inherits the pod's ${lastOf(inherited)}`);
  return parts.map((text) => ({ text, paint: style.cyan }));
}

function lastOf(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

function otherPlaces(others: readonly CheckFinding[]): string {
  const shown = others.slice(0, MAX_PLACES).map(({ line = 1, column = 1, container }) => {
    return container === undefined ? `${line}:${column}` : `${container} ${line}:${column}`;
  });
  const left = others.length - shown.length;
  return `${shown.join(", ")}${left === 0 ? "" : ` and ${left} more`}`;
}

/** What one program says stands together, and below it who that is. */
function saidText(said: readonly Said[], options: BlockOptions): string[] {
  const { style } = options;
  const shown = new Set<string>();
  return said.flatMap(({ finding, others }, index) => {
    const next = said[index + 1]?.finding;
    const who = whoText(finding);
    const was = expiredText(finding);
    const isLast = next === undefined || whoText(next) !== who;
    const suggestion = finding.suggestion ?? [];
    // What mends two findings of a place is shown once.
    const isShown = shown.has(keyOf(suggestion));
    shown.add(keyOf(suggestion));
    // The lines themselves say more than how to write them.
    const mend = suggestion.length === 0 ? mendOf(finding.id) : undefined;
    return [
      ...sentence(finding, options),
      ...(others.length === 0
        ? []
        : labelled("also", otherPlaces(others), { style, paint: style.cyan, options })),
      ...(finding.hint === undefined
        ? []
        : labelled("hint", finding.hint, { style, paint: style.green, options })),
      ...(was === "" ? [] : labelled("expired", was, { style, paint: style.yellow, options })),
      ...(isShown ? [] : suggestionText(suggestion, options)),
      ...(mend === undefined ? [] : labelled("mend", mend, { style, paint: style.green, options })),
      ...(isLast ? labelled("says", who, { style, paint: style.dim, options }) : []),
    ];
  });
}

function sentence(finding: CheckFinding, { style, columns }: BlockOptions): string[] {
  const left = columns - LABEL - MARGIN.length - GAP;
  const label = { text: finding.severity, paint: paintsOf(style)[finding.severity] };
  const text = saidBy(finding).said;
  const id = { text: finding.id, paint: style.dim };
  if (columns < WIDE) {
    const widths = [{ width: LABEL }, { width: left }];
    return [...row([label, { text }], widths, MARGIN), ...row([{ text: "" }, id], widths, MARGIN)];
  }
  const widths = [{ width: LABEL }, { width: left - ID - GAP }, { width: ID }];
  return row([label, { text }, id], widths, MARGIN);
}

function keyOf(lines: readonly SuggestedLine[]): string {
  return lines.map(({ sign, text }) => `${sign}${text}`).join("\n");
}

/** What `secctx fix` would make of the lines. */
function suggestionText(
  all: readonly SuggestedLine[],
  { style, columns }: BlockOptions,
): readonly string[] {
  const { lines, left } = shownLines(all, columns - LABEL - MARGIN.length - GAP - 2);
  const painted = lines.map(({ sign, text }) =>
    sign === "+" ? style.green(`+ ${text}`) : style.red(`- ${text}`),
  );
  if (left > 0) painted.push(style.dim(leftText(left)));
  return painted.map((text, index) => {
    const label = index === 0 ? style.green("fix") + " ".repeat(LABEL - 3) : " ".repeat(LABEL);
    return `${MARGIN}${label}${" ".repeat(GAP)}${text}`;
  });
}

interface Labelled {
  readonly style: Style;
  readonly paint: (text: string) => string;
  readonly options: BlockOptions;
}

function labelled(label: string, text: string, { style, paint, options }: Labelled): string[] {
  const widths = [{ width: LABEL }, { width: options.columns - LABEL - MARGIN.length - GAP }];
  const isDim = paint === style.dim;
  return row(
    [
      { text: label, paint },
      { text, ...(isDim ? { paint } : {}) },
    ],
    widths,
    MARGIN,
  );
}
