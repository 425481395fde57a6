// Which hunks of a pod's plan belong together: such a part can be made alone, and all parts together are what `fix` writes.
import { anchoredPaths } from "../../manifest/edit/anchors.ts";
import { type FieldPath, toPointer } from "../../model/finding.ts";
import type { Hunk } from "./hunks.ts";
import type { Mended } from "./mended.ts";
import { isInContainer } from "./mendingChanges.ts";
import type { PlacedChange, PlannedHunks } from "./plannedHunks.ts";
import { newRefusal, refusalsOf } from "./refusals.ts";
import { isForWindows } from "./windows.ts";
import { withPodChanges } from "./withPodChanges.ts";

/** A part per container and one for what stands at the pod itself; those that share a hunk are one. */
export function aloneParts(planned: PlannedHunks): readonly (readonly Hunk[])[] {
  const { changes } = planned;
  const all = [...new Set(changes.flatMap(({ hunks }) => hunks))];
  if (all.length < 2 || isOne(planned)) return [all];
  const byPlace = new Map<string, Set<Hunk>>();
  for (const { change, hunks } of changes) {
    const key = placeKey(change.path);
    const part = byPlace.get(key) ?? new Set<Hunk>();
    for (const hunk of hunks) part.add(hunk);
    byPlace.set(key, part);
  }
  return joined([...byPlace.values()]);
}

/** An anchor's users change together; an annotation goes as the field comes. */
function isOne({ mended, changes }: PlannedHunks): boolean {
  const { document } = mended;
  const root = document.sourceMap.source()?.tree.root;
  if (root === undefined || anchoredPaths(root).size > 0 || isForWindows(document.pod)) return true;
  if (changes.some(({ change }) => change.path[0] === "metadata")) return true;
  const inContainers = changes.filter(isInContainer);
  const atPod = changes.filter((one) => !isInContainer(one));
  if (inContainers.length === 0 || atPod.length === 0) return false;
  if (changes.every(({ change }) => isIndependent(change.path))) return false;
  // No program holds one container's fields against another's.
  return isRefused(mended, inContainers) || isRefused(mended, atPod);
}

/** Of these no program holds the pod's against its containers': nothing has to be asked of most pods. */
const INDEPENDENT: ReadonlySet<string | number> = new Set([
  "allowPrivilegeEscalation",
  "appArmorProfile",
  "capabilities",
  "privileged",
  "runAsNonRoot",
  "seLinuxOptions",
  "seccompProfile",
]);

function isIndependent(path: FieldPath): boolean {
  const context = path.indexOf("securityContext");
  const isOfContainer = context > 2;
  const field = path[context + 1] ?? "";
  // Whether root is refused is for the pod and each container to say together.
  if (isOfContainer && field === "runAsNonRoot") return false;
  return context > 0 && INDEPENDENT.has(field);
}

function isRefused({ document, world, others }: Mended, part: readonly PlacedChange[]): boolean {
  const after = withPodChanges(
    document,
    part.map(({ change }) => change),
  );
  return [world, ...others].some(
    (one) => newRefusal(refusalsOf(document, one), refusalsOf(after, one)) !== undefined,
  );
}

function placeKey(path: FieldPath): string {
  return typeof path[2] === "number" && path[1] !== "volumes" ? toPointer(path.slice(0, 3)) : "";
}

function joined(parts: readonly ReadonlySet<Hunk>[]): (readonly Hunk[])[] {
  const all: Set<Hunk>[] = [];
  for (const part of parts) {
    const own = new Set(part);
    for (const other of all.filter((one) => [...one].some((hunk) => own.has(hunk)))) {
      for (const hunk of other) own.add(hunk);
      all.splice(all.indexOf(other), 1);
    }
    all.push(own);
  }
  return all.map((part) => [...part].toSorted((a, b) => a.line - b.line));
}
