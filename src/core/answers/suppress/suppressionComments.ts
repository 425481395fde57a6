// `# secctx-ignore ID[, ID…]: REASON` in a manifest: what it accepts, and what is wrong with it.
import { commentsMarked } from "../../manifest/comments.ts";
import type { Position } from "../../model/finding.ts";
import { unknownFinding } from "../unknownFinding.ts";
import type { Matches, Suppressor } from "./suppressor.ts";

export const MARK = "secctx-ignore";

export interface SuppressionComment {
  readonly file: string;
  readonly at: Position;
  /** Finding ids, or patterns of them: `podsecurity.*`. */
  readonly ids: readonly string[];
  /** Empty: it accepts nothing. */
  readonly reason: string;
  /** Offsets of what it speaks of. */
  readonly from: number;
  readonly to: number;
}

export function suppressionComments(text: string, file: string): SuppressionComment[] {
  return commentsMarked(text, MARK).map(({ at, text: told, from, to }) => {
    const [before = "", ...behind] = told.split(/:(?=\s|$)/);
    const ids = before.split(/[\s,]+/).filter((id) => id !== "");
    return { file, at, ids, reason: behind.join(":").trim(), from, to };
  });
}

/** Without ids or a reason it accepts nothing; an id that no finding has accepts nothing, and the others do. */
export function whatIsWrong(
  { ids, reason }: SuppressionComment,
  matches: Matches,
): string | undefined {
  const nothing = `this ${MARK} accepts nothing`;
  if (ids.length === 0) return `${nothing}: name what it accepts: # ${MARK} <id>: <reason>`;
  if (reason === "") {
    return `${nothing}: say why, behind a colon: # ${MARK} ${ids.join(", ")}: <reason>`;
  }
  const unknown = ids.flatMap((id) => {
    const why = unknownFinding(id, matches);
    return why === undefined ? [] : [`${MARK} ${id}: ${why}`];
  });
  return unknown.length === 0 ? undefined : unknown.join("; ");
}

/** Does it accept anything at all? */
export function isSuppression({ ids, reason }: SuppressionComment, matches: Matches): boolean {
  return reason !== "" && ids.some((id) => unknownFinding(id, matches) === undefined);
}

/** Of a finding counts where it begins: on what the comment speaks of. */
export function commentSuppressor(comment: SuppressionComment, matches: Matches): Suppressor {
  const { file, at, ids, reason, from, to } = comment;
  return {
    suppression: { by: "comment", reason, at: `${file}:${at.line}` },
    accepts: (finding) => {
      const offset = finding.file === file ? finding.range?.start.offset : undefined;
      return (
        offset !== undefined &&
        from <= offset &&
        offset < to &&
        ids.some((id) => matches(id, finding.id))
      );
    },
  };
}
