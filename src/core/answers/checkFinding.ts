// A finding as `check` tells it: its place in the file, what the container inherits, its page, and a name that outlives edits.
import type { PodDocument } from "../manifest/manifest.ts";
import { type Finding, fromPointer, toPointer } from "../model/finding.ts";
import type { World } from "../model/world.ts";
import type { Level } from "../podsecurity/level.ts";
import type { CheckedPod, CheckFinding } from "./checked.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { AcceptedFinding } from "./fix/accepted.ts";
import { acceptedOf } from "./fix/acceptedOf.ts";
import { editsOfFinding } from "./fix/findingEdits.ts";
import { suggestionOf } from "./fix/suggestion.ts";
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
  /** The level that they are to reach. */
  readonly level?: Level;
}

export function toCheckFinding(
  { finding, inherited, versions }: JudgedFinding,
  document: PodDocument,
  world: World,
  { excerpts, named, ...asked }: FindingOptions,
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
    ...mendsOf(finding, { document, world, ...asked }),
  };
}

interface Mending extends Pick<FindingOptions, "fixes" | "suggestions" | "level"> {
  readonly document: PodDocument;
  readonly world: World;
  readonly accepted?: readonly AcceptedFinding[];
}

function mendsOf(
  finding: Finding,
  { document, world, fixes, suggestions, ...options }: Mending,
): Pick<CheckFinding, "fixes" | "suggestion"> {
  if (!fixes && !suggestions) return {};
  const edits = editsOfFinding(finding, document, world, { reread: fixes, ...options });
  if (edits.length === 0) return {};
  const text = document.sourceMap.source()?.positions.text ?? "";
  return {
    ...(fixes ? { fixes: edits } : {}),
    ...(suggestions ? { suggestion: suggestionOf(edits, text) } : {}),
  };
}

/** Once it is known what a person has accepted of the pod: what mends the rest leaves that alone, as `fix` does. */
export function withMendsBeside(pod: CheckedPod, document: PodDocument, world: World): CheckedPod {
  const accepted = acceptedOf(pod.findings, document);
  if (accepted.length === 0) return pod;
  const { level } = pod.podSecurity;
  const findings = pod.findings.map((one): CheckFinding => {
    const { fixes, suggestion, ...rest } = one;
    if (fixes === undefined && suggestion === undefined) return one;
    const asked = { fixes: fixes !== undefined, suggestions: suggestion !== undefined };
    const finding = { ...rest, path: fromPointer(one.path) };
    return { ...rest, ...mendsOf(finding, { document, world, accepted, level, ...asked }) };
  });
  return { ...pod, findings };
}
