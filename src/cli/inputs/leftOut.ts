// What a reader says besides the pods of a part: errors in kubectl's and the API server's words, and what is skipped and why.
import type { SkippedDocument } from "../../core/answers/checked.ts";
import { namespaceErrors } from "../../core/answers/namespaceErrors.ts";
import { kindlessError, unservedError, versionlessError } from "../../core/answers/undecodable.ts";
import type { Manifest, ManifestError } from "../../core/manifest/manifest.ts";
import { type ReadInput, whySkipped } from "./mended.ts";

export interface LeftOut {
  readonly errors: readonly ManifestError[];
  readonly skipped: readonly SkippedDocument[];
}

export function leftOutOf(
  { pods, skipped: without, errors: unread }: Manifest,
  input: Pick<ReadInput, "file" | "command">,
): LeftOut {
  const { file } = input;
  const errors: ManifestError[] = [...unread];
  const skipped: SkippedDocument[] = [];
  for (const pod of pods) {
    // Nearly every pod says it.
    if (pod.workload.apiVersion !== "") continue;
    const error = versionlessError(pod);
    if (error !== undefined) errors.push(error);
  }
  for (const one of without) {
    errors.push(...namespaceErrors(one, file));
    const { document, kind } = one;
    const reason = whySkipped(input, one);
    const error =
      unservedError(one, file) ?? (reason === undefined ? kindlessError(one, file) : undefined);
    if (error !== undefined) errors.push(error);
    else skipped.push({ file, document, kind, reason: reason ?? "an object without a kind" });
  }
  return { errors, skipped };
}
