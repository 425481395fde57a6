// Below which directories secctx may make control groups: every hierarchy's top for root, a delegated part of the v2 tree for others.
import { accessSync, constants, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CgroupLayout, readCgroupLayout } from "../../node/cgroups.ts";
import { textIfThere } from "../../node/ifThere.ts";

export function readLayout(): CgroupLayout {
  return readCgroupLayout(readFileSync("/proc/self/mounts", "utf8"));
}

/** None where nobody gave an ordinary user any. */
export function cgroupRoots(layout: CgroupLayout = readLayout()): string[] {
  const { version, unified, controllers } = layout;
  const tops = new Set(Object.values(controllers));
  if (unified !== undefined) tops.add(unified);
  const own = [...tops].filter(mayWrite);
  if (own.length > 0 || unified === undefined || version !== "v2") return own;
  const part = delegatedPart(unified);
  return part === undefined ? [] : [part];
}

/**
 * The parent of secctx's own group, as the runtimes take it: a group that holds processes can give no controllers to those
 * below. systemd delegates such a part to each user's own manager, not to a login's scope.
 */
function delegatedPart(unified: string): string | undefined {
  const own = /^0::(\/.+)$/m.exec(textIfThere("/proc/self/cgroup"))?.[1];
  if (own === undefined) return undefined;
  const part = join(unified, dirname(own));
  return part !== unified && mayWrite(part) && mayWrite(join(part, "cgroup.procs"))
    ? part
    : undefined;
}

/**
 * What groups directly below a directory of the v2 tree can have. The top's own are enabled by the runtime where need be;
 * what others have enabled in a delegated part is left as it is.
 */
export function controllersBelow(root: string, unified: string | undefined): readonly string[] {
  const file = root === unified ? "cgroup.controllers" : "cgroup.subtree_control";
  return textIfThere(join(root, file)).trim().split(" ");
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
