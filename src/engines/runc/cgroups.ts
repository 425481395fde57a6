// The pod's control groups: one directory per hierarchy, which the OCI runtime makes and secctx ends and removes.
import { existsSync, readdirSync, rmdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { CgroupLayout } from "../../node/cgroups.ts";
import { textIfThere } from "../../node/ifThere.ts";
import { cgroupRoots, controllersBelow, readLayout } from "./cgroupRoots.ts";

/** Every pod's cgroups begin with this, so that even without any state they are known as secctx's. */
export const CGROUP_PREFIX = "secctx-";

export interface CgroupPlan {
  /** `cgroupsPath` of a container, in the spec's spelling; undefined where secctx may make none. */
  readonly pathOf: (container: string) => string | undefined;
  /** The pod's directory in each hierarchy where secctx may make one. */
  readonly directories: readonly string[];
  /** The pod's directory where a controller is; undefined where this machine has none. */
  readonly groupOf: (controller: "cpu" | "memory") => string | undefined;
  /** One tree (v2) for all controllers. */
  readonly isUnified: boolean;
}

export function planCgroups(id: string, layout: CgroupLayout = readLayout()): CgroupPlan {
  const name = `${CGROUP_PREFIX}${id}`;
  const isUnified = layout.version === "v2";
  const roots = cgroupRoots(layout);
  const [root] = roots;
  // Below a delegated part of the v2 tree; elsewhere every root is the top of its hierarchy.
  const above = isUnified && root !== undefined ? relative(layout.unified ?? root, root) : "";
  const below = isUnified && root !== undefined ? controllersBelow(root, layout.unified) : [];
  return {
    pathOf: (container) => (root === undefined ? undefined : join("/", above, name, container)),
    directories: roots.map((one) => join(one, name)),
    groupOf(controller) {
      const top = isUnified ? root : layout.controllers[controller];
      if (top === undefined || !roots.includes(top)) return undefined;
      return isUnified && !below.includes(controller) ? undefined : join(top, name);
    },
    isUnified,
  };
}

/** Processes in the directories and below, each once. */
export function processesIn(directories: readonly string[]): number[] {
  const found = new Set<number>();
  for (const directory of directories.flatMap(withChildren)) {
    for (const line of textIfThere(join(directory, "cgroup.procs")).split("\n")) {
      // Number 0 is a process of another process namespace.
      if (line !== "" && line !== "0") found.add(Number(line));
    }
  }
  return [...found];
}

/**
 * Kills until nothing is left, however fast it forks; gives up after two seconds.
 * @param find who is to be killed
 * @returns whether nothing is left
 */
export async function killAll(find: () => readonly number[]): Promise<boolean> {
  for (let round = 0; round < 100; round += 1) {
    const processes = find();
    if (processes.length === 0) return true;
    for (const pid of processes) kill(pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** @returns false when it was gone already */
export function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Removes the pod's directories and everything below. @returns those that could not be removed */
export async function removeCgroups(directories: readonly string[]): Promise<string[]> {
  // The kernel lets go of a killed process's group a moment after the process is gone.
  for (let round = 0; round < 50; round += 1) {
    const left = directories.filter((directory) => !removed(directory));
    if (left.length === 0 || round === 49) return left;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return [];
}

/** A group in which a process is does not go. */
export function areRemoved(directories: readonly string[]): boolean {
  return directories.every(removed);
}

function removed(directory: string): boolean {
  // Most are empty: what runtimes made below they have removed.
  if (!existsSync(directory) || isRemoved(directory)) return true;
  for (const each of withChildren(directory).reverse()) {
    if (!isRemoved(each)) return false;
  }
  return !existsSync(directory);
}

function isRemoved(directory: string): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

/** Removes what a runtime left of one container, as far as nothing runs in it. */
export function removeContainerGroups({ directories }: CgroupPlan, container: string): void {
  for (const directory of directories) removed(join(directory, container));
}

/** The directory, then everything below it. */
function withChildren(directory: string): string[] {
  const found = [directory];
  for (const each of found) {
    try {
      for (const entry of readdirSync(each, { withFileTypes: true })) {
        if (entry.isDirectory()) found.push(join(each, entry.name));
      }
    } catch {
      // Gone in the meantime.
    }
  }
  return found;
}
