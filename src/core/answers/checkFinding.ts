// A finding as `check` tells it: its place in the file, what the container inherits, its page, and a name that outlives edits.
import type { PodDocument } from "../manifest/manifest.ts";
import { toPointer } from "../model/finding.ts";
import type { CheckFinding } from "./checked.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { JudgedFinding } from "./judge.ts";
import { pageOf, referenceOf } from "./pages.ts";
import { placeFinding, rangeOf, startOf } from "./place.ts";

interface FindingOptions {
  readonly excerpts: boolean;
  /** The file's name in fingerprints. */
  readonly named: string;
}

export function toCheckFinding(
  { finding, inherited, versions }: JudgedFinding,
  document: PodDocument,
  { excerpts, named }: FindingOptions,
): CheckFinding {
  const written = inherited ?? finding.path;
  const range = rangeOf(written, document);
  const reference = referenceOf(finding.id);
  return {
    ...placeFinding(finding, document, startOf(range, document)),
    ...(range === undefined ? {} : { range }),
    ...(range === undefined || !excerpts
      ? {}
      : { excerpt: document.sourceMap.excerpt(range.start) }),
    ...(inherited === undefined ? {} : { inherited: toPointer(inherited) }),
    page: pageOf(finding.id),
    ...(reference === undefined ? {} : { reference }),
    ...(versions === undefined ? {} : { versions }),
    fingerprint: fingerprintOf(finding, document, named),
  };
}
