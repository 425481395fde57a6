// What `check` says of one piece of a long text, as JSON lines; the same in a thread of its own and in the command's.
import type { CheckFinding, SkippedDocument } from "../../core/answers/checked.ts";
import { eachDocument, type ManifestError } from "../../core/manifest/manifest.ts";
import type { Piece } from "../../core/manifest/segments.ts";
import { type CheckPlan, judgeOf } from "../checkStream.ts";
import { whySkipped } from "../inputs/mended.ts";

export interface LaneTask {
  readonly file: string;
  readonly piece: Piece;
}
export interface LaneAnswer {
  /** One per pod. */
  readonly lines: string;
  readonly pods: number;
  /** One of each id and severity: whether the command fails is told from them. */
  readonly kinds: readonly CheckFinding[];
  /** Their excerpts reach no further back than the piece. */
  readonly errors: readonly ManifestError[];
  readonly skipped: readonly SkippedDocument[];
  readonly values: number;
}

export type Lane = (task: LaneTask) => LaneAnswer;

export function laneOf(plan: CheckPlan): Lane {
  const judge = judgeOf(plan);
  return ({ file, piece }) => {
    const kinds = new Map<string, CheckFinding>();
    const errors: ManifestError[] = [];
    const skipped: SkippedDocument[] = [];
    let lines = "";
    let pods = 0;
    const read = eachDocument(piece.text, file, plan.manifest, piece);
    let next = read.next();
    for (; next.done !== true; next = read.next()) {
      errors.push(...next.value.errors);
      for (const one of next.value.skipped) {
        const { document, kind } = one;
        skipped.push({ file, document, kind, reason: whySkipped(file, one) });
      }
      for (const pod of next.value.pods) {
        const checked = judge(pod);
        for (const finding of checked.findings) {
          const key = `${finding.id} ${finding.severity}`;
          if (!kinds.has(key)) kinds.set(key, finding);
        }
        // Its numbers are places and counts: none needs the exact writer.
        lines += `${JSON.stringify(checked)}\n`;
        pods += 1;
      }
    }
    return { lines, pods, kinds: [...kinds.values()], errors, skipped, values: next.value };
  };
}
