// What pods of a secctx that is gone have left on this machine: found by the names of folders and cgroups, which tell the owner.
import { join } from "node:path";
import type { CgroupLayout } from "../../node/cgroups.ts";
import { namesIfThere } from "../../node/ifThere.ts";
import { removeTree } from "../../node/removeTree.ts";
import { unmountBelow } from "../hostMounts.ts";
import { dataRoot, isLeftover, stateRoot } from "../podPlace.ts";
import { cgroupRoots, readLayout } from "./cgroupRoots.ts";
import { CGROUP_PREFIX, killAll, planCgroups, removeCgroups } from "./cgroups.ts";
import { podProcesses, processesOnLayersOf } from "./podProcesses.ts";

export interface Pruned {
  /** Ids of the pods whose leftovers are gone now. */
  readonly removed: readonly string[];
  /** What would not go: paths, and what a daemon holds. */
  readonly left: readonly string[];
}

/** Ends and removes on this machine everything of pods whose owner is dead; never touches a living one's. Call it as root. @param kept ids that are left alone */
export async function removeLeftovers(kept: ReadonlySet<string>): Promise<Pruned> {
  const layout = readLayout();
  const removed: string[] = [];
  const left: string[] = [];
  for (const id of leftoversOf(layout).filter((one) => !kept.has(one))) {
    const stubborn = await removePod(id, layout);
    if (stubborn.length === 0) removed.push(id);
    left.push(...stubborn);
  }
  return { removed, left };
}

/** Only ends them. Call it as the user whose pods they are. */
export async function killLeftovers(): Promise<void> {
  const layout = readLayout();
  for (const id of leftoversOf(layout)) await killAll(() => processesOnLayersOf(id));
}

/** Ids of pods whose owner is dead. */
function leftoversOf(layout: CgroupLayout): string[] {
  const groups = cgroupRoots(layout)
    .flatMap(namesIfThere)
    .filter((name) => name.startsWith(CGROUP_PREFIX));
  const found = new Set([
    ...namesIfThere(stateRoot()),
    ...namesIfThere(dataRoot()),
    ...groups.map((name) => name.slice(CGROUP_PREFIX.length)),
  ]);
  return [...found].filter(isLeftover);
}

async function removePod(id: string, layout: CgroupLayout): Promise<string[]> {
  const { directories } = planCgroups(id, layout);
  const left: string[] = [];
  if (await killAll(() => podProcesses(id, directories)))
    left.push(...(await removeCgroups(directories)));
  else left.push(...directories);
  for (const folder of [join(dataRoot(), id), join(stateRoot(), id)]) {
    try {
      const mounted = unmountBelow(folder);
      if (mounted.length === 0) removeTree(folder);
      left.push(...mounted);
    } catch {
      left.push(folder);
    }
  }
  return left;
}
