// A suppression without a reason, or of what is no finding, is a finding of its own.
import type { CheckFinding } from "../checked.ts";
import { hash } from "../fingerprint.ts";
import { pageOf } from "../pages.ts";
import type { SuppressionComment } from "./suppressionComments.ts";

export const WRONG_COMMENT = "manifest.suppressionComment";

/** @param message what is wrong with it @param named the file's name in fingerprints */
export function wrongComment(
  { file, at, ids }: SuppressionComment,
  message: string,
  named: string,
): CheckFinding {
  return {
    id: WRONG_COMMENT,
    stage: "manifest",
    severity: "warning",
    path: "",
    ...{ file, line: at.line, column: at.column, range: { start: at, end: at } },
    message,
    origin: "secctx",
    page: pageOf(WRONG_COMMENT),
    fingerprint: hash([WRONG_COMMENT, named, ...ids].join("\0")),
  };
}
