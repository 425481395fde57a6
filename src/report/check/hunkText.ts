// What `secctx fix` writes, for people: the lines of a hunk, and what is said of those that are not shown here.
import type { CheckedPod, FixHunk } from "../../core/answers/checked.ts";
import { width, wrap } from "../columns.ts";
import { GAP, LABEL, labelled, MARGIN, type RowOptions, roomOf } from "./labelled.ts";
import { partsText } from "./parts.ts";
import {
  alikeText,
  beforeText,
  leftText,
  type PlacedHunks,
  type SaidHunks,
} from "./placedHunks.ts";
import { moreLinesText, shownLines } from "./shownLines.ts";

/** Below what it mends. */
export function saidHunksText(
  { shown, before, alike }: SaidHunks,
  ofPod: readonly FixHunk[],
  options: RowOptions,
): string[] {
  const { style } = options;
  const told = beforeText(before, ofPod);
  const more = alikeText(alike);
  const isFirst = shown.length === 0;
  return [
    ...shown.flatMap((hunk) => hunkText(hunk, options)),
    ...(more === "" ? [] : labelled(isFirst ? "fix" : "", more, style.dim, options)),
    ...(told === "" ? [] : labelled("fix", told, style.green, options)),
  ];
}

/** Below the pod's name: what stands at the pod itself, and what only a person can decide. Lines; none where there is neither. */
export function podHunksText(
  pod: CheckedPod,
  { ofPod }: PlacedHunks,
  options: RowOptions,
): string[] {
  const { style, columns } = options;
  const left = leftText(pod);
  const lines = ofPod.map(({ line }) => line).join(", ");
  const place = { text: `${pod.source.file}:${lines}`, paint: style.cyan };
  const what = { text: whatOf(ofPod), paint: style.cyan };
  const head = ofPod.length === 0 ? [] : partsText([place, what], columns, MARGIN);
  const hunks = ofPod.flatMap((hunk) => hunkText(hunk, options));
  return [...head, ...hunks, ...(left === "" ? [] : labelled("fix", left, style.yellow, options))];
}

/** Mostly the pod's own fields; what is corrected though nobody speaks of it may stand anywhere. */
function whatOf(hunks: readonly FixHunk[]): string {
  return hunks.every(({ container }) => container === undefined) ? "the pod itself" : "the pod";
}

/** `+ `. */
const SIGN = 2;
/** Lines of the terminal that one of the text may take. */
const WRAPPED = 3;

/** Its indentation stays, and stands before what goes on. */
function wrapped(text: string, room: number): string[] {
  if (width(text) <= room) return [text];
  const indent = /^ */.exec(text)?.[0] ?? "";
  const left = Math.max(room - indent.length - SIGN, SIGN);
  const [first = "", ...more] = wrap(text.slice(indent.length), left);
  return [indent + first, ...more.map((rest) => indent + " ".repeat(SIGN) + rest)];
}

function hunkText({ lines: all }: FixHunk, options: RowOptions): string[] {
  const { style } = options;
  const room = roomOf(options) - SIGN;
  const { lines, left } = shownLines(all, room * WRAPPED);
  const painted = lines.flatMap(({ sign, text }) => {
    const paint = sign === "+" ? style.green : style.red;
    const [first = "", ...more] = wrapped(text, room);
    return [paint(`${sign} ${first}`), ...more.map((rest) => paint(" ".repeat(SIGN) + rest))];
  });
  if (left > 0) painted.push(style.dim(moreLinesText(left)));
  return painted.map((text, index) => {
    const label = index === 0 ? style.green("fix") + " ".repeat(LABEL - 3) : " ".repeat(LABEL);
    return `${MARGIN}${label}${" ".repeat(GAP)}${text}`;
  });
}
