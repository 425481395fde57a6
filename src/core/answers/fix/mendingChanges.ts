// Which of a plan's changes bear on a finding: those that its check asks for, and those of the field that it speaks of.
import { type FieldPath, startsWith, toPointer } from "../../model/finding.ts";
import { containersOf, type Pod } from "../../model/pod.ts";
import type { PlacedChange } from "./plannedHunks.ts";

export interface FindingAt {
  readonly id: string;
  readonly container?: string;
  /** Relative to the pod. */
  readonly path: FieldPath;
}

export const POD_SECURITY = "podsecurity.";

/** A pod may have thousands of findings, and as many changes: only those of the finding's container are looked at. */
export function mendingChanges(
  pod: Pod,
  changes: readonly PlacedChange[],
): (finding: FindingAt) => readonly PlacedChange[] {
  const byContainer = new Map<string, PlacedChange[]>();
  const atPod = changes.filter((one) => !isInContainer(one));
  for (const one of changes) {
    const key = containerKey(one.written);
    if (key === "") continue;
    const own = byContainer.get(key) ?? [];
    own.push(one);
    byContainer.set(key, own);
  }
  const places = new Map<string, FieldPath>();
  for (const { container, path } of containersOf(pod.spec)) {
    if (!places.has(container.name)) places.set(container.name, path);
  }
  return (finding) => {
    const { path, container = "" } = finding;
    const own = containerKey(path) === "" ? places.get(container) : path.slice(0, CONTAINER);
    if (own === undefined) return ofPod(finding, path.length < CONTAINER ? changes : atPod);
    const inOwn = chosen(finding, own.length, byContainer.get(toPointer(own)) ?? []);
    return inOwn.length > 0 ? inOwn : chosen(finding, own.length, atPod);
  };
}

/** Steps of a container's path: `spec`, its list, its place there. */
const CONTAINER = 3;

function containerKey(path: FieldPath): string {
  const [, list, index] = path;
  return isList(list) && typeof index === "number" ? toPointer(path.slice(0, CONTAINER)) : "";
}

/** What else the check forbids has a finding of its own. */
function ofPod(finding: FindingAt, changes: readonly PlacedChange[]): readonly PlacedChange[] {
  const touching = touchingOf(finding, 1, changes);
  return touching.length > 0
    ? touching
    : chosen(finding, 1, changes).filter((one) => !isInContainer(one));
}

function chosen(
  finding: FindingAt,
  depth: number,
  changes: readonly PlacedChange[],
): readonly PlacedChange[] {
  const touching = touchingOf(finding, depth, changes);
  const { id } = finding;
  if (!id.startsWith(POD_SECURITY)) return touching;
  const ofCheck = changes.filter(({ change }) => POD_SECURITY + change.check === id);
  const all = [...new Set([...touching, ...ofCheck])];
  // A pod that says it is for Windows is spared the Linux fields.
  return all.length > 0 ? all : changes.filter(({ change }) => change.path[1] === "os");
}

function touchingOf(
  { path }: FindingAt,
  depth: number,
  changes: readonly PlacedChange[],
): readonly PlacedChange[] {
  if (path.length <= depth) return [];
  return changes.filter(({ written }) => startsWith(written, path) || startsWith(path, written));
}

export function isInContainer({ change }: PlacedChange): boolean {
  return isList(change.path[1]);
}

function isList(step: string | number | undefined): boolean {
  return typeof step === "string" && step.toLowerCase().endsWith("containers");
}
