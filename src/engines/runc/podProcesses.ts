// The processes of a pod's containers: by its control groups, or without any by the root filesystem that they live on.
import { readdirSync, readFileSync } from "node:fs";
import { processesIn } from "./cgroups.ts";

/** @param id the pod's */
export function podProcesses(id: string, directories: readonly string[]): number[] {
  return directories.length === 0 ? processesOnLayersOf(id) : processesIn(directories);
}

/**
 * A container's / is an overlay whose upper directory lies in the pod's folder. Whoever has no other root, in whatever
 * namespaces, is one of its processes; the sandbox's own see the same mount, but live on the host's /.
 */
export function processesOnLayersOf(id: string): number[] {
  const layer = `/${id}/containers/`;
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      return hasRootOn(layer, readFileSync(`/proc/${pid}/mountinfo`, "utf8")) ? [Number(pid)] : [];
    } catch {
      // Gone, or not to be looked at from here: then it is none of ours.
      return [];
    }
  });
}

/** @param mountinfo of a process */
export function hasRootOn(layer: string, mountinfo: string): boolean {
  return mountinfo.split("\n").some((line) => {
    const [, , , , target, ...rest] = line.split(" ");
    const upper = /(?:^|,)upperdir=([^,]*)/.exec(rest.at(-1) ?? "")?.[1];
    return target === "/" && upper?.includes(layer) === true;
  });
}
