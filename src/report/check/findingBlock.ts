// One block of findings for people: the place, the line itself with carets, and what is said there, by whom and how to mend it.
import type { CheckFinding } from "../../core/answers/checked.ts";
import { type Cell, row } from "../columns.ts";
import type { Style } from "../style.ts";
import type { Block, Said } from "./blocks.ts";
import { excerptText } from "./excerptText.ts";
import { expiredText } from "./hinted.ts";
import { saidHunksText } from "./hunkText.ts";
import { type Kind, kindOf } from "./kind.ts";
import { GAP, LABEL, labelled, MARGIN, type RowOptions, roomOf } from "./labelled.ts";
import { partsText } from "./parts.ts";
import type { PlacedHunks } from "./placedHunks.ts";
import { mendOf } from "./titles.ts";
import { saidBy, whoText } from "./whoText.ts";

/** From here on the id stands beside the sentence. */
const WIDE = 120;
const ID = 40;
/** More places than these are counted. */
const MAX_PLACES = 8;

/** Lines, without the empty one between blocks. @param placed where the pod's hunks are shown; nowhere without */
export function blockText(
  { place, said }: Block,
  options: RowOptions,
  placed?: PlacedHunks,
): string[] {
  const { style, columns } = options;
  const [first] = said;
  const paint = paintsOf(style)[first === undefined ? "note" : kindOf(first.finding)];
  const room = columns - MARGIN.length - 1;
  return [
    ...partsText(placeParts(place, style), columns, MARGIN),
    ...excerptText(place, { style, paint, columns: room }).map((line) => `${MARGIN} ${line}`),
    ...saidText(said, options, placed),
  ];
}

function paintsOf(style: Style): Readonly<Record<Kind, (text: string) => string>> {
  return { refusal: style.red, unmet: style.red, warning: style.yellow, note: style.blue };
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
function saidText(said: readonly Said[], options: RowOptions, placed?: PlacedHunks): string[] {
  const { style } = options;
  return said.flatMap((one, index) => {
    const { finding, others } = one;
    const next = said[index + 1]?.finding;
    const who = whoText(finding);
    const was = expiredText(finding);
    const isLast = next === undefined || whoText(next) !== who;
    // The lines themselves say more than how to write them.
    const mend = finding.hunks === undefined ? mendOf(finding.id) : undefined;
    return [
      ...sentence(finding, options),
      ...(others.length === 0 ? [] : labelled("also", otherPlaces(others), style.cyan, options)),
      ...(finding.hint === undefined ? [] : labelled("hint", finding.hint, style.green, options)),
      ...(was === "" ? [] : labelled("expired", was, style.yellow, options)),
      ...(placed === undefined ? [] : saidHunksText(placed.of(one), placed.ofPod, options)),
      ...(mend === undefined ? [] : labelled("mend", mend, style.green, options)),
      ...(isLast ? labelled("says", who, style.dim, options) : []),
    ];
  });
}

function sentence(finding: CheckFinding, options: RowOptions): string[] {
  const { style, columns } = options;
  const left = roomOf(options);
  const kind = kindOf(finding);
  const label = { text: kind, paint: paintsOf(style)[kind] };
  const text = saidBy(finding).said;
  const id = { text: finding.id, paint: style.dim };
  if (columns < WIDE) {
    const widths = [{ width: LABEL }, { width: left }];
    return [...row([label, { text }], widths, MARGIN), ...row([{ text: "" }, id], widths, MARGIN)];
  }
  const widths = [{ width: LABEL }, { width: left - ID - GAP }, { width: ID }];
  return row([label, { text }, id], widths, MARGIN);
}
