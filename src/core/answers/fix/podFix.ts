// What `secctx fix` would write into checked pods: each hunk once, and with each finding those that mend it.
import type { PodDocument } from "../../manifest/manifest.ts";
import type { TextEdit } from "../../model/edit.ts";
import { fromPointer } from "../../model/finding.ts";
import type { World } from "../../model/world.ts";
import type { Level } from "../../podsecurity/level.ts";
import { type AlikeMemory, judgeAlike } from "../alike/alike.ts";
import type { CheckedPod, CheckFinding, FixHunk, PodFix } from "../checked.ts";
import { type Judged, judgePod, type RuntimeMemos } from "../judge.ts";
import { acceptedOf } from "./acceptedOf.ts";
import { aloneParts } from "./aloneParts.ts";
import { mendedOf } from "./documentPlan.ts";
import type { Hunk } from "./hunks.ts";
import type { Mended } from "./mended.ts";
import { mendingChanges, POD_SECURITY } from "./mendingChanges.ts";
import { asWritten } from "./misspelled.ts";
import { type PlannedHunks, plannedHunks } from "./plannedHunks.ts";
import { placeOf } from "./takenNotes.ts";
import { withPodChanges } from "./withPodChanges.ts";

/** A checked pod with what it was read from and the worlds that it was judged in, the oldest Kubernetes first. */
export interface PodWithSource {
  readonly pod: CheckedPod;
  readonly document: PodDocument;
  readonly worlds: readonly [World, ...World[]];
}

export interface PodFixOptions {
  /** Pods carry what `fix` would write, and their findings which of it mends them. */
  readonly suggestions: boolean;
  /** Findings carry edits that mend them, and that can be made alone. */
  readonly fixes: boolean;
  /** That was asked for. */
  readonly level?: Level;
  /** One for all pods, levels and worlds alike; the answers are the same without it. */
  readonly memory?: Memory;
}

interface Memory {
  readonly runtime: RuntimeMemos;
  readonly alike: AlikeMemory;
}

/**
 * What a person has accepted stays, as `fix` leaves it.
 * @param pods all of one document
 */
export function withPodFixes(
  pods: readonly PodWithSource[],
  { suggestions, fixes, level, memory }: PodFixOptions,
): CheckedPod[] {
  const options = level === undefined ? {} : { level };
  const planned = plannedHunks(
    pods.map((one) => mendedOf(toMend(one), options)),
    options,
  );
  return pods.map((one, index) => {
    const own = planned[index];
    if (own === undefined) return one.pod;
    const told = suggestions ? withHunks(one, own, memory) : one.pod;
    return fixes ? withEdits({ ...one, pod: told }, own, memory) : told;
  });
}

function toMend({ pod, document, worlds }: PodWithSource) {
  const world = worlds.at(-1) ?? worlds[0];
  const versions = worlds.map(({ kubernetes }) => kubernetes).toReversed();
  return {
    ...{ document, world, accepted: acceptedOf(pod.findings, document) },
    versions: versions.filter((version) => version !== world.kubernetes),
  };
}

function leftOf({ plan, setbacks, document }: Mended): PodFix["left"] {
  return [...plan.notes, ...setbacks]
    .filter(({ kind }) => kind === "left")
    .map(({ path, container, message }) => {
      const written = asWritten(path, plan.renames);
      const place = document.sourceMap.nearest([...document.workload.podPath, ...written])?.start;
      return {
        message,
        ...(container === undefined ? {} : { container }),
        ...(place === undefined ? {} : { line: place.line }),
      };
    });
}

function withHunks(one: PodWithSource, planned: PlannedHunks, memory?: Memory): CheckedPod {
  const { pod } = one;
  const hunks = hunksIn(planned);
  const left = leftOf(planned.mended);
  if (hunks.length === 0 && left.length === 0) return pod;
  const mending = mendingOf(one, planned, memory);
  const indexes = new Map(hunks.map((hunk, index) => [hunk, index]));
  const findings = pod.findings.map((finding): CheckFinding => {
    const own = mending(finding).flatMap((hunk) => indexes.get(hunk) ?? []);
    return own.length === 0 ? finding : { ...finding, hunks: own.toSorted((a, b) => a - b) };
  });
  const containers = containersOfHunks(planned);
  const told = hunks.map((hunk): FixHunk => {
    const container = containers.get(hunk);
    return container === undefined ? hunk : { ...hunk, container };
  });
  return { ...pod, fix: { hunks: told, left }, findings };
}

function hunksIn({ changes }: PlannedHunks): Hunk[] {
  const hunks = new Set(changes.flatMap((change) => change.hunks));
  return [...hunks].toSorted((a, b) => startOf(a.edits) - startOf(b.edits));
}

function startOf([first]: readonly TextEdit[]): number {
  return first?.range.start.offset ?? 0;
}

/** By hunk, the container whose fields alone it changes. */
function containersOfHunks({ changes, mended }: PlannedHunks): ReadonlyMap<Hunk, string> {
  const names = new Map<Hunk, string | undefined>();
  for (const { written, hunks } of changes) {
    const { container } = placeOf(mended.document.pod, written);
    for (const hunk of hunks) {
      const isSame = !names.has(hunk) || names.get(hunk) === container;
      names.set(hunk, isSame ? container : undefined);
    }
  }
  const found = new Map<Hunk, string>();
  for (const [hunk, name] of names) if (name !== undefined) found.set(hunk, name);
  return found;
}

function withEdits(one: PodWithSource, planned: PlannedHunks, memory?: Memory): CheckedPod {
  const { pod } = one;
  if (hunksIn(planned).length === 0) return pod;
  const partOf = new Map(
    aloneParts(planned).flatMap((part) => part.map((hunk) => [hunk, [part]] as const)),
  );
  const mending = mendingOf(one, planned, memory);
  const findings = pod.findings.map((finding): CheckFinding => {
    const own = mending(finding);
    const needed = new Set(own.flatMap((hunk) => partOf.get(hunk) ?? []));
    const edits = [...needed].flatMap((part) => part.flatMap((hunk) => hunk.edits));
    return edits.length === 0
      ? finding
      : { ...finding, fixes: edits.toSorted((a, b) => startOf([a]) - startOf([b])) };
  });
  return { ...pod, findings };
}

type Mending = (finding: CheckFinding) => readonly Hunk[];

/** Which hunks mend a finding; none where it is still found with all of them. */
function mendingOf(
  { document, worlds, pod }: PodWithSource,
  { mended, changes }: PlannedHunks,
  memory: Memory | undefined,
): Mending {
  let left: ReadonlySet<string> | undefined;
  const accepted = new Set(
    pod.findings.filter(({ suppressed }) => suppressed !== undefined).map(keyOf),
  );
  function isLeft(finding: CheckFinding): boolean {
    left ??= new Set(found().map((one) => keyOf(one.finding)));
    const key = keyOf(finding);
    // Of what one check says of a container, something may be accepted.
    return left.has(key) && !accepted.has(key);
  }
  function found(): Judged["findings"] {
    const after = withPodChanges(document, mended.plan.changes);
    const { level } = pod.podSecurity;
    const judge = (one: PodDocument) => judgePod(one, worlds, level, memory?.runtime);
    if (memory === undefined) return judge(after).findings;
    return judgeAlike(after, mended.world, memory.alike, judge).findings;
  }
  const { length } = document.workload.podPath;
  const bearing = mendingChanges(document.pod, changes);
  return (finding) => {
    if (finding.suppressed !== undefined) return [];
    const path = fromPointer(finding.path).slice(length);
    const all = bearing({ ...finding, path });
    const hunks = [...new Set(all.flatMap((change) => change.hunks))];
    return hunks.length === 0 || isLeft(finding) ? [] : hunks;
  };
}

/** What a check says names every container, and changes with the others. */
function keyOf({
  id,
  container = "",
  message,
}: Pick<CheckFinding, "id" | "container" | "message">): string {
  return id.startsWith(POD_SECURITY) ? `${id} ${container}` : `${id} ${container} ${message}`;
}
