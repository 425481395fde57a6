// The edits that mend one finding of `check`, where nothing needs to be known for them.
import type { EditOptions } from "../../manifest/edit/documentEdits.ts";
import { editsFor } from "../../manifest/edit/editsFor.ts";
import type { PodDocument } from "../../manifest/manifest.ts";
import { valueAt } from "../../manifest/workloads.ts";
import type { TextEdit } from "../../model/edit.ts";
import { type FieldPath, type Finding, samePath, startsWith } from "../../model/finding.ts";
import { containersOf, type Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import type { Change } from "../../podsecurity/check.ts";
import { CHECKS } from "../../podsecurity/checks.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";
import type { Level } from "../../podsecurity/level.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { levelOf } from "../levels.ts";
import { type AcceptedFinding, openDelta } from "./accepted.ts";
import { annotationsToFields } from "./annotations.ts";
import { correctCapabilities } from "./corrections.ts";
import { renamedFields } from "./misspelled.ts";
import { newRefusal, refusalsOf } from "./refusals.ts";
import { withoutHollows } from "./tidy.ts";
import { usersOf } from "./users.ts";
import { withPodChanges } from "./withPodChanges.ts";

const POD_SECURITY = "podsecurity.";
const UNKNOWN_FIELD = "apiserver.unknownField";

interface FindingEditOptions extends EditOptions {
  /** What a person has accepted of the pod: it stays, as `fix` leaves it. */
  readonly accepted?: readonly AcceptedFinding[];
  /** The level that the pod is to reach: what it forbids is not corrected first, only to be taken away. */
  readonly level?: Level;
}

/** @param finding with its path from the document's root */
export function editsOfFinding(
  finding: Finding,
  document: PodDocument,
  world: World,
  options: FindingEditOptions = {},
): readonly TextEdit[] {
  const changes = changesOf(finding, document, world, options);
  if (changes.length === 0) return [];
  const ofDocument = EDITED.get(document) ?? new Map<World, Map<string, readonly TextEdit[]>>();
  const known = ofDocument.get(world) ?? new Map<string, readonly TextEdit[]>();
  EDITED.set(document, ofDocument.set(world, known));
  const key = `${options.reread !== false} ${JSON.stringify(changes)}`;
  const edits = known.get(key) ?? editsOf(changes, document, world, options);
  known.set(key, edits);
  return edits;
}

/** All names of a list are corrected at once, and each is a finding of its own. */
const EDITED: WeakMap<PodDocument, Map<World, Map<string, readonly TextEdit[]>>> = new WeakMap();

function editsOf(
  changes: readonly Change[],
  document: PodDocument,
  world: World,
  options: FindingEditOptions,
): readonly TextEdit[] {
  const { object, objectPath, workload } = document;
  const own = workload.podPath.slice(objectPath.length);
  const tidy = withoutHollows(valueAt(object, own) ?? null, changes);
  if (isRefusedWith(tidy, document, world)) return [];
  const { edits, refused } = editsFor(document, tidy, options);
  return refused.length === 0 ? edits : [];
}

/** As `fix` asks: would API server or kubelet refuse the pod for these changes? A hostProcess pod, say, has the host's network. */
function isRefusedWith(
  changes: readonly FieldChange[],
  document: PodDocument,
  world: World,
): boolean {
  const after = withPodChanges(document, changes);
  return newRefusal(refusalsOf(document, world), refusalsOf(after, world)) !== undefined;
}

const NOTHING: readonly AcceptedFinding[] = [];

/** Of a name that is only misspelled, whoever says so. */
const SPELLING: ReadonlySet<string> = new Set([
  "risk.capabilitySpelling",
  "containerd.unknownCapability",
  "containerd.dropsNothing",
]);

function changesOf(
  finding: Finding,
  document: PodDocument,
  world: World,
  { accepted = NOTHING, level }: FindingEditOptions,
): readonly Change[] {
  const { pod, workload } = document;
  const path = finding.path.slice(workload.podPath.length);
  if (finding.id === UNKNOWN_FIELD) {
    const { changes } = renamedFields(document, { worlds: [world], accepted });
    const begin = changes.findIndex((change) => samePath(change.path, path));
    // The field goes, and comes back with its name.
    return begin < 0 ? [] : changes.slice(begin, begin + 2);
  }
  const at: AtFinding = { pod, world, path, accepted };
  if (finding.id.startsWith(POD_SECURITY)) return levelChanges(finding, at);
  if (SPELLING.has(finding.id)) {
    const { spelled, open } = corrected(level ?? levelOf(world), at);
    const own = spelled.filter(({ path: list }) => startsWith(path, list));
    const forbidden = open.find((change) => startsWith(path, change.path));
    if (forbidden === undefined) return own;
    return levelChanges({ ...finding, id: POD_SECURITY + forbidden.check }, at);
  }
  if (path[0] !== "metadata" || path[1] !== "annotations") return [];
  const key = String(path[2] ?? "");
  const value = pod.metadata?.annotations?.[key];
  if (value === undefined) return [];
  const alone: Pod = { ...pod, metadata: { ...pod.metadata, annotations: { [key]: value } } };
  const own = annotationsToFields(alone, world.kubernetes).changes;
  return [...own, ...forbiddenWith(own, at, level)];
}

/** What the level changes again of that which these changes touch. */
function forbiddenWith(
  changes: readonly Change[],
  { pod, world, accepted }: AtFinding,
  level: Level | undefined,
): readonly LevelChange[] {
  if (level === undefined || changes.length === 0) return [];
  const { open } = openDelta(applyChanges(pod, changes), level, world, accepted);
  return open.filter(({ path }) => changes.some((change) => startsWith(path, change.path)));
}

interface AtFinding {
  readonly pod: Pod;
  readonly world: World;
  /** Relative to the pod. */
  readonly path: FieldPath;
  readonly accepted: readonly AcceptedFinding[];
}

/** The pod's misspelled names, and what the level forbids of it once they are corrected. */
interface Corrected {
  readonly spelled: readonly Change[];
  readonly open: readonly LevelChange[];
}

/** Each finding of a name asks. */
const CORRECTED: WeakMap<Pod, Corrected & Omit<AtFinding, "pod" | "path"> & { level: Level }> =
  new WeakMap();

function corrected(level: Level, { pod, world, accepted }: AtFinding): Corrected {
  const known = CORRECTED.get(pod);
  const isAsked = known?.level === level && known.world === world;
  if (isAsked && known.accepted === accepted) return known;
  const spelled = correctCapabilities(pod, { world, level });
  const { open } = openDelta(applyChanges(pod, spelled), level, world, accepted);
  CORRECTED.set(pod, { spelled, open, level, world, accepted });
  return { spelled, open };
}

/** For the finding's container alone; what stands at the pod's level mends it for all. */
function levelChanges({ id, container: name }: Finding, about: AtFinding): readonly Change[] {
  const { pod, world, path, accepted } = about;
  const check = CHECKS.find((one) => POD_SECURITY + one.id === id);
  if (check === undefined || NEEDS_KNOWLEDGE.has(check.id)) return [];
  const own = containersOf(pod.spec).find(({ container }) => container.name === name);
  if (
    check.id === "allowPrivilegeEscalation" &&
    own?.container.securityContext?.privileged === true
  ) {
    return [];
  }
  if (check.id === "runAsNonRoot") {
    const users = usersOf(pod, world, undefined, () => true);
    if (users.some(({ answer }) => answer.is !== "fine")) return [];
  }
  // What else the check forbids has a finding of its own, which may be accepted.
  const isOwn = ({ path: changed, from }: Change) =>
    own === undefined
      ? from === undefined || startsWith(path, changed) || startsWith(changed, path)
      : startsWith(changed, own.path) || !inContainer(changed);
  // A name that is only misspelled is not taken out for that.
  const ofNames = check.id.startsWith("capabilities_") ? corrected(check.level, about) : undefined;
  const spelled = (ofNames?.spelled ?? []).filter(isOwn);
  const { open } = ofNames ?? openDelta(pod, check.level, world, accepted);
  const level = open.filter((change) => change.check === check.id && isOwn(change));
  return [
    ...spelled.filter(({ path }) => !level.some((one) => samePath(one.path, path))),
    ...level,
  ];
}

const NEEDS_KNOWLEDGE: ReadonlySet<string> = new Set([
  "hostPathVolumes",
  "restrictedVolumes",
  "runAsUser",
  "windowsHostProcess",
]);

function inContainer([, list]: FieldPath): boolean {
  return typeof list === "string" && list.toLowerCase().endsWith("containers");
}
