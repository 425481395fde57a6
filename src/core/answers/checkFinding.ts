// A finding as `check` tells it: its place in the file, what the container inherits, its page, and a name that outlives edits.
import type { PodDocument } from "../manifest/manifest.ts";
import { toPointer } from "../model/finding.ts";
import type { World } from "../model/world.ts";
import type { CheckFinding } from "./checked.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { editsOfFinding } from "./fix/findingEdits.ts";
import { type SuggestedLine, suggestionOf } from "./fix/suggestion.ts";
import type { JudgedFinding } from "./judge.ts";
import { pageOf, referenceOf } from "./pages.ts";
import { placeFinding, rangeOf, startOf } from "./place.ts";

interface FindingOptions {
  readonly excerpts: boolean;
  /** The file's name in fingerprints. */
  readonly named: string;
  /** With the edits that mend it. */
  readonly fixes: boolean;
  /** With what they would make of their lines. */
  readonly suggestions: boolean;
}

export function toCheckFinding(
  { finding, inherited, versions }: JudgedFinding,
  document: PodDocument,
  world: World,
  { excerpts, named, fixes, suggestions }: FindingOptions,
): CheckFinding {
  const written = inherited ?? finding.path;
  const range = rangeOf(written, document);
  const reference = referenceOf(finding.id);
  const isMended = fixes || suggestions;
  const edits = isMended ? editsOfFinding(finding, document, world, { reread: fixes }) : [];
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
    ...(edits.length === 0 || !fixes ? {} : { fixes: edits }),
    ...(edits.length === 0 || !suggestions ? {} : { suggestion: suggestion(edits, document) }),
  };
}

function suggestion(
  edits: NonNullable<CheckFinding["fixes"]>,
  { sourceMap }: PodDocument,
): readonly SuggestedLine[] {
  return suggestionOf(edits, sourceMap.source()?.positions.text ?? "");
}
