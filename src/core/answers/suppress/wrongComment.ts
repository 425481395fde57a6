// A suppression without a reason is a finding of its own.
import type { CheckFinding } from "../checked.ts";
import { hash } from "../fingerprint.ts";
import { pageOf } from "../pages.ts";
import { MARK, type SuppressionComment, whatIsWrong } from "./suppressionComments.ts";

export const WRONG_COMMENT = "manifest.suppressionComment";

/** @param named the file's name in fingerprints */
export function wrongComment(comment: SuppressionComment, named: string): CheckFinding {
  const { file, at, ids } = comment;
  return {
    id: WRONG_COMMENT,
    stage: "manifest",
    severity: "warning",
    path: "",
    ...{ file, line: at.line, column: at.column, range: { start: at, end: at } },
    message: `this ${MARK} accepts nothing: ${whatIsWrong(comment)}`,
    origin: "secctx",
    page: pageOf(WRONG_COMMENT),
    fingerprint: hash([WRONG_COMMENT, named, ...ids].join("\0")),
  };
}
