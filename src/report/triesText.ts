// What --probe tried in a container, one line each: whether the kernel let it, as predicted or not, and which rule decided.
import type { Tried } from "../core/answers/tries.ts";
import { type Column, printable, row, width } from "./columns.ts";
import type { RunTerminal } from "./runText.ts";
import { placeText } from "./sourceText.ts";

const MARGIN = "  ";
const WIDEST = 36;

/** @param file that of the pod: its lines need no file name */
export function triesText(
  tries: readonly Tried[],
  { style, columns }: RunTerminal,
  file: string,
): string[] {
  if (tries.length === 0) return [];
  const whats = Math.min(WIDEST, Math.max(...tries.map(({ what }) => width(printable(what)))));
  const said = Math.max(...tries.map((one) => width(saidOf(one))));
  const rest = Math.max(20, columns - whats - said - MARGIN.length - 7);
  const places: Column[] = [{ width: 1 }, { width: whats }, { width: said }, { width: rest }];
  const lines = [
    `${MARGIN}${style.dim("tried in its place with its credentials, and the rule that decides")}`,
  ];
  for (const one of tries) {
    const { what, rule, source, allowed, predicted } = one;
    const mark =
      allowed === null
        ? { text: "?", paint: style.yellow }
        : {
            text: allowed === predicted ? "=" : "≠",
            paint: allowed === predicted ? style.green : style.red,
          };
    const from = source === null ? "" : ` (${placeText(source, file)})`;
    const missed =
      allowed === null || allowed === predicted ? "" : `predicted: ${yesNo(predicted)}\n`;
    const cells = [
      mark,
      { text: what },
      { text: saidOf(one) },
      { text: `${missed}${rule}${from}` },
    ];
    lines.push(...row(cells, places, MARGIN));
  }
  return lines;
}

function saidOf({ allowed, error }: Tried): string {
  if (allowed === null) return error ?? "not tried";
  return error === undefined ? yesNo(allowed) : `${yesNo(allowed)} ${error}`;
}

function yesNo(is: boolean): string {
  return is ? "yes" : "no";
}
