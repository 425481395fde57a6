// What `fix` did, for people: each pod with its levels and notes, and at the end what was changed and what is left.
import type { SkippedDocument } from "../core/answers/checked.ts";
import type { FixedManifest, FixedPod, PlacedNote } from "../core/answers/fix.ts";
import { LEVELS } from "../core/podsecurity/level.ts";
import { partsText } from "./check/parts.ts";
import { type Cell, row } from "./columns.ts";
import { count } from "./count.ts";
import { notesText, openTexts } from "./fixNotes.ts";
import { manifestErrorText } from "./manifestError.ts";
import { skippedText, unreadText } from "./restText.ts";
import type { Style } from "./style.ts";

export interface FixTextOptions {
  readonly style: Style;
  /** Width of the terminal in characters. */
  readonly columns: number;
  /** No summary, and no pod of which nothing is to be said. */
  readonly quiet: boolean;
  /** The files hold the edits; otherwise they would change. */
  readonly written: boolean;
  /** Files that should hold them, and do not. */
  readonly unwritten?: number;
  /** Files that were to be read, and what was not looked at. */
  readonly files: number;
  readonly skipped: readonly SkippedDocument[];
}

/** Ends with a newline, unless there is nothing to say. */
export function fixText(manifests: readonly FixedManifest[], options: FixTextOptions): string {
  const { style, quiet } = options;
  const parts: string[] = [];
  const all = manifests.flatMap(({ pods }) => pods).filter(({ notes }) => notes.length > 0);
  const joined: FixedPod[] = [];
  for (const { pods, errors } of manifests) {
    for (const pod of pods) {
      const open = all.length > FEW && pod.met ? pod.notes.filter(isOpen) : [];
      if (open.length > 0) joined.push({ ...pod, notes: open });
      const own = pod.notes.filter((note) => !open.includes(note));
      if (own.length > 0) parts.push(podText(pod, options, own));
    }
    for (const error of errors) parts.push(manifestErrorText(error, style));
  }
  parts.push(...openTexts(joined, options));
  if (!quiet) parts.push(summary(manifests, options));
  return parts.join("");
}

/** Of more pods than these, what only rests on what nobody told is said once for all of them. */
const FEW = 20;

function isOpen({ kind }: PlacedNote): boolean {
  return kind === "open";
}

function podText(pod: FixedPod, { style, columns }: FixTextOptions, notes = pod.notes): string {
  const { kind, namespace, name } = pod.workload;
  const head = partsText(
    [
      { text: `${kind} ${namespace}/${name}`, paint: style.bold },
      { text: `${pod.source.file}:${pod.source.line}`, paint: style.dim },
      ...levelParts(pod, style),
    ],
    columns,
  );
  return `${head.join("\n")}\n${notesText(notes, { style, columns })}`;
}

function levelParts({ level, before, after, met, notes }: FixedPod, style: Style): Cell[] {
  if (isStopped({ level, after, met })) {
    return [{ text: `meets ${after}, but would not run`, paint: style.red }];
  }
  if (!met) {
    const still = after === "privileged" ? "no level but privileged" : after;
    return [
      { text: `does not reach ${level}`, paint: style.red },
      { text: `(meets ${still})`, paint: style.dim },
    ];
  }
  if (notes.some(({ kind }) => kind === "accepted")) {
    return [
      { text: `reaches ${level}`, paint: style.green },
      { text: "(but for what is accepted)", paint: style.dim },
    ];
  }
  return [
    { text: before === after ? `meets ${level}` : `${before} → ${after}`, paint: style.green },
  ];
}

/** At its level, and yet the API server or the kubelet refuses it. */
function isStopped({ level, after, met }: Pick<FixedPod, "level" | "after" | "met">): boolean {
  return !met && LEVELS.indexOf(after) >= LEVELS.indexOf(level);
}

function changedText(files: number, written: boolean, unwritten: number): string {
  if (files === 0) return "nothing to change";
  const failed = unwritten === 0 ? "" : `, ${unwritten} could not be written`;
  return `${count(files - unwritten, "file")} ${written ? "changed" : "would change"}${failed}`;
}

function summary(
  manifests: readonly FixedManifest[],
  { style, columns, written, unwritten = 0, files: read, skipped }: FixTextOptions,
): string {
  const pods = manifests.flatMap((manifest) => manifest.pods);
  const stopped = pods.filter(isStopped).length;
  const met = pods.filter((pod) => pod.met).length + stopped;
  const files = manifests.filter(({ edits }) => edits.length > 0).length;
  const levels = [...new Set(pods.map(({ level }) => level))];
  const level = levels.length === 1 ? levels[0] : met === 1 ? "its level" : "their level";
  const parts = [
    `${count(pods.length, "pod")} in ${count(read, "file")}`,
    met === pods.length
      ? `all reach ${level}`
      : `${met} of them ${met === 1 ? "reaches" : "reach"} ${level}`,
    ...(stopped === 0 ? [] : [`${stopped} would not run`]),
    changedText(files, written, unwritten),
  ];
  const lines: readonly (readonly [string, (text: string) => string])[] = [
    [pods.length === 0 ? `no pod in ${count(read, "file")}` : parts.join("; "), String],
    [skippedText(skipped), style.dim],
    [unreadText(manifests.flatMap(({ errors }) => errors)), style.red],
  ];
  return lines
    .filter(([text]) => text !== "")
    .flatMap(([text, paint]) => row([{ text, paint }], [{ width: columns }], ""))
    .map((line) => `${line}\n`)
    .join("");
}
