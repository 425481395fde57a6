// Names that say which process made something, so that a later run can tell a leftover from what is in use.
import { readFileSync, readlinkSync } from "node:fs";

/** `<pid>-<start time>-<pid namespace>`: never the same for two processes, not even when a pid is used again. */
export type OwnerTag = `${number}-${number}-${number}`;

const TAG = /^(\d+)-(\d+)-(\d+)$/;

let own: OwnerTag | undefined;

export function ownerTag(): OwnerTag {
  own ??= `${process.pid}-${startTime(process.pid) ?? 0}-${pidNamespace()}`;
  return own;
}

/**
 * Does the process of a tag still run? A process of another pid namespace cannot be seen from here and counts as alive;
 * what is no tag belongs to nobody.
 */
export function ownerIsAlive(tag: string): boolean {
  const match = TAG.exec(tag);
  if (match === null) return false;
  if (Number(match[3]) !== pidNamespace()) return true;
  return startTime(Number(match[1])) === Number(match[2]);
}

/** Clock ticks since boot; undefined for a process that is gone or only waits to be reaped. */
function startTime(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The command stands in brackets and may itself hold brackets and spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}

function pidNamespace(): number {
  try {
    return Number(/\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? 0);
  } catch {
    return 0;
  }
}
