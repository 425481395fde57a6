// What `check` says of one piece of a long text; the same in a thread of its own and in the command's.
import { newCheckMemory } from "../../core/answers/check.ts";
import type { SkippedDocument } from "../../core/answers/checked.ts";
import { eachDocument, type ManifestError } from "../../core/manifest/manifest.ts";
import type { Piece } from "../../core/manifest/segments.ts";
import { type CheckPlan, judgeOf } from "../checkStream.ts";
import { leftOutOf } from "../inputs/leftOut.ts";
import { type Gathered, gather } from "./gather.ts";

export interface LaneTask {
  readonly file: string;
  readonly piece: Piece;
}
export interface LaneAnswer extends Omit<Gathered, "lines"> {
  /** As UTF-8 from another thread: it is written as it comes. */
  readonly lines: string | Uint8Array;
  /** Their excerpts reach no further back than the piece. */
  readonly errors: readonly ManifestError[];
  readonly skipped: readonly SkippedDocument[];
  readonly values: number;
}

export type Lane = (task: LaneTask) => LaneAnswer & { readonly lines: string };

export function laneOf(plan: CheckPlan): Lane {
  const memory = newCheckMemory();
  const judge = judgeOf(plan, memory);
  const manifest = { ...plan.manifest, known: memory.alike.texts };
  return ({ file, piece }) => {
    const errors: ManifestError[] = [];
    const skipped: SkippedDocument[] = [];
    const gathered = gather(plan.form);
    const read = eachDocument(piece.text, file, manifest, piece);
    let next = read.next();
    for (; next.done !== true; next = read.next()) {
      const left = leftOutOf(next.value, { file, command: "check" });
      errors.push(...left.errors);
      skipped.push(...left.skipped);
      for (const pod of next.value.pods) gathered.add(judge(pod));
    }
    return { ...gathered.end(), errors, skipped, values: next.value };
  };
}
