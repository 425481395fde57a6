// Where each hunk of what `fix` writes is shown: once, in the first block that it mends anything of, behind what it mends of one program's words.
import type { CheckedPod, FixHunk } from "../../core/answers/checked.ts";
import type { Block, Said } from "./blocks.ts";
import { whoText } from "./whoText.ts";

export interface SaidHunks {
  /** Shown with it. */
  readonly shown: readonly FixHunk[];
  /** Mends it, and is shown before. */
  readonly before: readonly FixHunk[];
  /** Hunks that mend the same at other places, and are not shown. */
  readonly alike: number;
}
export interface PlacedHunks {
  /** What stands at the pod itself and mends what is said of containers, or nothing that is said: shown with the pod. */
  readonly ofPod: readonly FixHunk[];
  of(said: Said): SaidHunks;
}

const NONE: SaidHunks = { shown: [], before: [], alike: 0 };

export function placedHunks({ fix }: CheckedPod, blocks: readonly Block[]): PlacedHunks {
  const hunks = fix?.hunks ?? [];
  if (hunks.length === 0) return { ofPod: [], of: () => NONE };
  const placed = new Set<number>();
  const ofPod = new Set<number>();
  const told = new Map<Said, SaidHunks>();
  const all = (indexes: readonly number[]) => indexes.flatMap((index) => hunks[index] ?? []);
  for (const { place, said } of blocks) {
    const known = new Set(placed);
    const here = new Set<number>();
    for (const [at, one] of said.entries()) {
      const later = new Set(sameSayer(said, at).flatMap(({ finding }) => finding.hunks ?? []));
      const last = (one.finding.hunks ?? []).filter((index) => !later.has(index));
      const fresh = last.filter((index) => !here.has(index));
      for (const index of fresh) {
        const isOfPod = hunks[index]?.container === undefined && place.container !== undefined;
        if (isOfPod && !placed.has(index)) ofPod.add(index);
        placed.add(index);
        here.add(index);
      }
      const shown = fresh.filter((index) => !known.has(index) && !ofPod.has(index));
      const before = fresh.filter((index) => !shown.includes(index));
      told.set(one, { shown: all(shown), before: all(before), alike: 0 });
    }
  }
  for (const one of blocks.flatMap(({ said }) => said)) {
    const others = new Set(one.others.flatMap((finding) => finding.hunks ?? []));
    const alike = [...others].filter((index) => !placed.has(index));
    for (const index of alike) placed.add(index);
    told.set(one, { ...(told.get(one) ?? NONE), alike: alike.length });
  }
  for (const index of hunks.keys()) if (!placed.has(index)) ofPod.add(index);
  const inOrder = [...ofPod].toSorted((a, b) => a - b);
  return { ofPod: all(inOrder), of: (said) => told.get(said) ?? NONE };
}

/** What the same program says right behind it. */
function sameSayer(said: readonly Said[], at: number): Said[] {
  const who = said[at] === undefined ? "" : whoText(said[at].finding);
  const rest = said.slice(at + 1);
  const end = rest.findIndex(({ finding }) => whoText(finding) !== who);
  return end < 0 ? rest : rest.slice(0, end);
}

/** `the pod's, line 9`; `line 9, above`; empty for none. */
export function beforeText(hunks: readonly FixHunk[], ofPod: readonly FixHunk[]): string {
  const lines = (own: readonly FixHunk[]) =>
    `${own.length === 1 ? "line" : "lines"} ${own.map(({ line }) => line).join(", ")}`;
  const atPod = hunks.filter((hunk) => ofPod.includes(hunk));
  const others = hunks.filter((hunk) => !ofPod.includes(hunk));
  return [
    ...(atPod.length === 0 ? [] : [`the pod's, ${lines(atPod)} above`]),
    ...(others.length === 0 ? [] : [`${lines(others)}, above`]),
  ].join("; ");
}

/** `… and at 3 more places: secctx fix`; empty for none. */
export function alikeText(alike: number): string {
  if (alike === 0) return "";
  return `… and ${alike === 1 ? "one more place" : `${alike} more places`} alike: secctx fix`;
}

/** What keeps `fix` from the level; empty where nothing does. */
export function leftText({ fix }: CheckedPod): string {
  const [first, ...others] = fix?.left ?? [];
  if (first === undefined) return "";
  const { message, container, line } = first;
  const where = [
    ...(container === undefined ? [] : [`container ${container}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
  ].join(", ");
  const more = others.length === 0 ? "" : `; and ${others.length} more`;
  const what = (fix?.hunks ?? []).length === 0 ? "nothing yet" : "the rest waits";
  return `${what}: ${message}${where === "" ? "" : ` (${where})`}${more}`;
}
