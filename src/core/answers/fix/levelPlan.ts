import { type FieldPath, samePath, startsWith } from "../../model/finding.ts";
import type { Pod } from "../../model/pod.ts";
import type { KubeMinor } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import type { CheckId } from "../../podsecurity/check.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";
import type { Level } from "../../podsecurity/level.ts";
import { applyChanges } from "../../rules/changes.ts";
import { asJudged } from "../asJudged.ts";
import { type AcceptedFinding, openDelta } from "./accepted.ts";
import { addableChanges, isTaking } from "./additions.ts";
import { besideAnnotations } from "./annotations.ts";
import { withoutAppArmor } from "./appArmor.ts";
import type { FixNote, FixOptions } from "./fixed.ts";
import type { PodPlan } from "./podPlan.ts";
import { keptNote, leftNotes, takenNotes } from "./takenNotes.ts";
import { nonRootChanges, userChanges } from "./userChanges.ts";
import { demandOf } from "./userDemand.ts";
import { type ContainerUser, userNotes, usersOf } from "./users.ts";
import { forWindows, isForWindows, LINUX_FIELDS } from "./windows.ts";
import { windowsUserNotes, windowsUsersOf } from "./windowsUsers.ts";

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
  /** Of containers that are none: nothing is written into them. */
  readonly empty: readonly FixNote[];
}

export function levelPlan(
  written: Pod,
  level: Level,
  world: World,
  { options, accepted, before, empty }: LevelPlanOptions,
): PodPlan {
  const pod = asJudged(written, world);
  const windows = isForWindows(pod);
  const { open: delta, notes: acceptedNotes } = openDelta(pod, level, world, accepted);
  const wanted = windows ? forWindows(delta) : delta;
  const left = wanted.filter(({ check }) => ONLY_AUTHOR.has(check));
  const reached = windows ? applyChanges(pod, wanted) : pod;
  const users = windows
    ? windowsUsersOf(reached, world)
    : usersOf(pod, world, options.runAsUser, demandOf(pod, delta, world, accepted));
  const isReal = ({ path }: { readonly path: FieldPath }) =>
    !empty.some((one) => startsWith(path, one.path));
  const notes: FixNote[] = [
    ...acceptedNotes,
    ...empty,
    ...leftNotes(pod, left),
    ...(windows ? [] : userNotes(users).filter(isReal)),
  ];
  const asksNonRoot = wanted.some(({ check, from }) => check === "runAsNonRoot" && from !== true);
  if (windows) notes.push(...windowsUserNotes(users, asksNonRoot));
  const still = windows ? openDelta(reached, level, world, accepted).open : [];
  if (still.length > 0) notes.push(LINUX_FIELDS);
  const isOutOfReach = notes.some(({ kind }) => kind === "left");
  const changes = withUsers(pod, users, { wanted, kubernetes: world.kubernetes }).filter(isReal);
  const takenOf = (made: readonly LevelChange[]) =>
    made.filter(isTaking).flatMap((change) => takenNotes(pod, change, { pod: before, world }));
  if (options.addOnly === true) {
    const { made, notes: besides } = besideAnnotations(
      pod,
      addableChanges(pod, changes),
      world.kubernetes,
    );
    const isTold = ({ path }: LevelChange) => notes.some((note) => startsWith(note.path, path));
    const kept = wanted.filter(
      (change) =>
        isTaking(change) &&
        !ONLY_AUTHOR.has(change.check) &&
        !made.some(({ path }) => samePath(path, change.path)) &&
        !(OF_USERS.has(change.check) && isTold(change)),
    );
    const stays = kept.map((change) => keptNote(pod, change));
    return { changes: made, notes: [...takenOf(made), ...notes, ...besides, ...stays] };
  }
  if (isOutOfReach) return { changes: [], notes: notes.filter(({ kind }) => kind !== "open") };
  return { changes, notes: [...takenOf(changes), ...notes] };
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
    ...(isForWindows(pod) ? [] : userChanges(pod, users)).map((change) => ({
      ...change,
      check: "runAsUser" as const,
    })),
    ...nonRootChanges(pod, users, nonRoot).map((change) => ({
      ...change,
      check: "runAsNonRoot" as const,
    })),
  ];
}
