// A finding as `check` tells it: its place in the file, what the container inherits, its page, and a name that outlives edits.
import type { Journey } from "../journey.ts";
import { determineEffectiveSecurityContext } from "../kubelet/effective.ts";
import { type FieldPath, type Finding, toPointer } from "../model/finding.ts";
import { containersOf } from "../model/pod.ts";
import type { Setting } from "../model/setting.ts";
import type { KubeMinor } from "../model/version.ts";
import type { CheckFinding } from "./checked.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { editsOfFinding } from "./fix/findingEdits.ts";
import { pageOf, referenceOf } from "./pages.ts";
import { placeFinding, rangeOf, startOf } from "./place.ts";

interface FindingOptions {
  readonly excerpts: boolean;
  /** With the edits that mend it. */
  readonly fixes?: boolean;
  /** Where several were asked for, those that have it. */
  readonly versions?: readonly KubeMinor[];
}

/** @param finding with its path from the document's root */
export function toCheckFinding(
  finding: Finding,
  journey: Journey,
  { excerpts, fixes, versions }: FindingOptions,
): CheckFinding {
  const { document } = journey;
  const inherited = inheritedFrom(finding, journey);
  const written = inherited ?? finding.path;
  const range = rangeOf(written, document);
  const reference = referenceOf(finding.id);
  const edits = fixes === true ? editsOfFinding(finding, document, journey.world) : [];
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
    fingerprint: fingerprintOf(finding, document),
    ...(edits.length === 0 ? {} : { fixes: edits }),
  };
}

/** The pod's own field, where the container that the finding names has it from there. */
function inheritedFrom(
  { container: name, field }: Finding,
  { document, pod }: Journey,
): FieldPath | undefined {
  if (name === undefined || field === undefined) return undefined;
  const judged = pod ?? document.pod;
  const at = containersOf(judged.spec).find(({ container }) => container?.name === name);
  if (at === undefined) return undefined;
  const effective = determineEffectiveSecurityContext(judged, at);
  const settings: Readonly<Record<string, Setting<unknown> | undefined>> = effective;
  const setting = Object.hasOwn(settings, field) ? settings[field] : undefined;
  if (setting?.source.kind !== "manifest" || setting.source.path[1] !== "securityContext") {
    return undefined;
  }
  return [...document.workload.podPath, ...setting.source.path];
}
