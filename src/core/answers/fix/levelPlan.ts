// The changes that bring a pod to a level, as a careful person would make them: all or, where the level stays out of reach, none.
import { determineEffectiveSecurityContext } from "../../kubelet/effective.ts";
import { type ContainerAt, containersOf, type Pod } from "../../model/pod.ts";
import { at, type KubeMinor } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import type { CheckId } from "../../podsecurity/check.ts";
import { runAsNonRoot } from "../../podsecurity/checks/runAsNonRoot.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";
import type { Level } from "../../podsecurity/level.ts";
import { applyChanges } from "../../rules/changes.ts";
import { asJudged } from "../asJudged.ts";
import { type AcceptedFinding, isAccepted, openDelta } from "./accepted.ts";
import { addableChanges, isTaking } from "./additions.ts";
import { withoutAppArmor } from "./appArmor.ts";
import type { FixNote, FixOptions } from "./fixed.ts";
import type { PodPlan } from "./podPlan.ts";
import { keptNote, leftNotes, takenNotes } from "./takenNotes.ts";
import { nonRootChanges, userChanges } from "./userChanges.ts";
import { type ContainerUser, userNotes, usersOf } from "./users.ts";
import { forWindows, isForWindows, LINUX_FIELDS, OPEN_ON_WINDOWS } from "./windows.ts";

/** Only its author knows what should be there instead. */
const ONLY_AUTHOR: ReadonlySet<CheckId> = new Set([
  "hostPathVolumes",
  "restrictedVolumes",
  "windowsHostProcess",
]);
const OF_USERS: ReadonlySet<CheckId> = new Set(["runAsNonRoot", "runAsUser"]);
export interface PlanOptions {
  readonly options: FixOptions;
  readonly accepted: readonly AcceptedFinding[];
}
export interface LevelPlanOptions extends PlanOptions {
  /** The pod before anything was corrected. */
  readonly before: Pod;
  /** What can be changed, even if the level stays out of reach. */
  readonly isPartial?: boolean;
}

export function levelPlan(
  written: Pod,
  level: Level,
  world: World,
  { options, accepted, before, isPartial = false }: LevelPlanOptions,
): PodPlan {
  const pod = asJudged(written, world);
  const windows = isForWindows(pod);
  const { open: delta, notes: acceptedNotes } = openDelta(pod, level, world, accepted);
  const wanted = windows ? forWindows(delta) : delta;
  const left = wanted.filter(({ check }) => ONLY_AUTHOR.has(check));
  const users = windows
    ? []
    : usersOf(pod, world, options.runAsUser, demandOf(pod, delta, world, accepted));
  const notes: FixNote[] = [...acceptedNotes, ...leftNotes(pod, left), ...userNotes(users)];
  const asksNonRoot = wanted.some(({ check, from }) => check === "runAsNonRoot" && from !== true);
  if (windows && asksNonRoot && hasUnknownName(pod, world)) notes.push(OPEN_ON_WINDOWS);
  const still = windows ? openDelta(applyChanges(pod, wanted), level, world, accepted).open : [];
  if (still.length > 0) notes.push(LINUX_FIELDS);
  const isOutOfReach = notes.some(({ kind }) => kind === "left");
  const changes = withUsers(pod, users, { wanted, kubernetes: world.kubernetes });
  if (options.addOnly === true) {
    const kept = wanted.filter((change) => isTaking(change) && !ONLY_AUTHOR.has(change.check));
    const keptNotes = kept
      .filter(({ check }) => !OF_USERS.has(check))
      .map((change) => keptNote(pod, change));
    return { changes: addableChanges(pod, changes), notes: [...notes, ...keptNotes] };
  }
  if (isOutOfReach && !isPartial)
    return { changes: [], notes: notes.filter(({ kind }) => kind !== "open") };
  const taken = changes
    .filter(isTaking)
    .flatMap((change) => takenNotes(pod, change, { pod: before, world }));
  return { changes, notes: [...taken, ...notes] };
}

/** Does the level, or the pod itself, forbid this container to be root? */
function demandOf(
  pod: Pod,
  delta: readonly LevelChange[],
  world: World,
  accepted: readonly AcceptedFinding[],
): (container: ContainerAt) => boolean {
  const exempt = at(runAsNonRoot.exempt ?? [], world.kubernetes);
  const isExempt = exempt !== undefined && pod.spec?.hostUsers === exempt.value;
  const lacks = delta.some(({ check }) => OF_USERS.has(check));
  return (container) => {
    if (isAccepted(accepted, OF_USERS, container.container.name)) return false;
    const set = determineEffectiveSecurityContext(pod, container);
    if (set.runAsNonRoot?.value !== true) return lacks && !isExempt;
    return set.runAsUser?.value === 0 || hasKnownImage(container, world);
  };
}

/** On Windows: does any container run as a user that neither pod nor image tell? */
function hasUnknownName(pod: Pod, world: World): boolean {
  return containersOf(pod.spec).some((container) => {
    const named = determineEffectiveSecurityContext(pod, container).windowsOptions?.value;
    return (named?.runAsUserName ?? null) === null && !hasKnownImage(container, world);
  });
}

function hasKnownImage({ container }: ContainerAt, world: World): boolean {
  return container.image !== undefined && Object.hasOwn(world.images, container.image);
}

function withUsers(
  pod: Pod,
  users: readonly ContainerUser[],
  {
    wanted,
    kubernetes,
  }: { readonly wanted: readonly LevelChange[]; readonly kubernetes: KubeMinor },
): LevelChange[] {
  const nonRoot = wanted.filter(({ check }) => check === "runAsNonRoot");
  // On Windows runAsUser is one of the Linux fields.
  const ofUsers = (check: CheckId) =>
    OF_USERS.has(check) && !(isForWindows(pod) && check === "runAsUser");
  const others = wanted.filter(({ check }) => !ONLY_AUTHOR.has(check) && !ofUsers(check));
  return [
    ...withoutAppArmor(pod, others, kubernetes),
    ...userChanges(pod, users).map((change) => ({ ...change, check: "runAsUser" as const })),
    ...nonRootChanges(pod, users, nonRoot).map((change) => ({
      ...change,
      check: "runAsNonRoot" as const,
    })),
  ];
}
