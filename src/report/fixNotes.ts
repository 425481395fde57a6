// Notes of `fix` for people: what is said alike of many containers is said once, with the places and images that it is about.
import type { FixedPod, FixNoteKind, PlacedNote } from "../core/answers/fix.ts";
import { groupBy } from "../core/rules/groupBy.ts";
import { briefText } from "./briefText.ts";
import { row } from "./columns.ts";
import { count } from "./count.ts";
import type { Style } from "./style.ts";

/** More places or images than these are counted. */
const MOST = 6;

const PAINT: Readonly<Record<FixNoteKind, keyof Style>> = {
  corrected: "green",
  taken: "yellow",
  accepted: "dim",
  open: "blue",
  left: "red",
  stays: "yellow",
  unshared: "blue",
};

interface NoteOptions {
  readonly style: Style;
  readonly columns: number;
}

/** Of one pod, in their order; each line ends with a newline. */
export function notesText(notes: readonly PlacedNote[], options: NoteOptions): string {
  const groups = groupBy(notes, (note) => `${note.kind} ${reasonOf(note)}`);
  return [...groups.values()]
    .map((group) => {
      const [first] = group;
      const isOne = group.length === 1;
      const message = isOne ? briefText(first.message) : briefText(reasonOf(first));
      const where = group.map((note) => placeText(note, isOne)).filter((text) => text !== "");
      return rows(first.kind, message, [...imagesText(group), listed(where, "place")], options);
    })
    .join("");
}

/** Of many pods, each reason once. */
export function openTexts(pods: readonly FixedPod[], options: NoteOptions): string[] {
  const all = pods.flatMap(({ source, notes }) => notes.map((note) => ({ source, note })));
  const groups = groupBy(all, ({ note }) => reasonOf(note));
  return [...groups].map(([reason, group]) => {
    const [{ note }] = group;
    const files = group.map(({ source, note: { line = source.line } }) => `${source.file}:${line}`);
    const [first = "", ...others] = [...new Set(files)];
    const where =
      others.length === 0 ? first : `${first} and ${count(others.length, "more place")}`;
    const images = imagesText(group.map((one) => one.note));
    return rows("open", group.length === 1 ? note.message : reason, [...images, where], options);
  });
}

/** Without the image, container or volume that it names. */
function reasonOf({ message, needs, container, volume }: PlacedNote): string {
  const { image = "" } = needs ?? {};
  // A name may be a part of other words.
  const names: readonly (readonly [string, string])[] = [
    ...(image === "" ? [] : [[`if ${image} runs`, "if its image runs"] as const]),
    ...(container === undefined ? [] : [[` ${container}=UID`, " NAME=UID"] as const]),
    ...(volume === undefined ? [] : [[`volume ${volume} is of`, "a volume is of"] as const]),
  ];
  return names.reduce((text, [name, any]) => text.replace(name, () => any), message);
}

function imagesText(notes: readonly PlacedNote[]): string[] {
  const images = [...new Set(notes.map(({ needs }) => needs?.image ?? ""))].filter(
    (image) => image !== "",
  );
  // One that is alone stands in the sentence.
  return notes.length < 2 || images.length === 0 ? [] : [listed(images, "image")];
}

/** `a; b; c and 4 more images`. */
function listed(texts: readonly string[], word: string): string {
  const left = texts.length - MOST;
  if (left <= 1) return texts.join("; ");
  return `${texts.slice(0, MOST).join("; ")} and ${count(left, `more ${word}`)}`;
}

/** @param isNamed whether the sentence names the volume */
function placeText({ container, volume, line }: PlacedNote, isNamed: boolean): string {
  const parts = [
    ...(volume === undefined || isNamed ? [] : [volume]),
    ...(container === undefined ? [] : [`container ${container}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
  ];
  return parts.join(", ");
}

function rows(
  kind: FixNoteKind,
  message: string,
  where: readonly string[],
  { style, columns }: NoteOptions,
): string {
  const widths = [{ width: 9 }, { width: Math.max(columns - 13, 20) }];
  return [
    ...row([{ text: kind, paint: style[PAINT[kind]] }, { text: message }], widths, "  "),
    ...where
      .filter((text) => text !== "")
      .flatMap((text) => row([{ text: "" }, { text, paint: style.dim }], widths, "  ")),
  ]
    .map((line) => `${line}\n`)
    .join("");
}
