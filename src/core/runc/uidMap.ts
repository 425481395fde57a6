// The kernel's demands on uid_map and gid_map: lines that are not empty and do not overlap, at most 340 of them.
// @see linux v6.18 kernel/user_namespace.c map_write; runc v1.3.6 libcontainer/nsenter/nsexec.c
import type { OciIDMapping } from "../model/oci.ts";
import { mappingsOf } from "../rules/ociRuntime.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

const MAX_LINES = 340;

/** runc's first stage dies of it; only its log tells of the map. A namespace that is joined has its map already. */
export function uidMap(
  { spec }: StepInput,
  keys: readonly ("uidMappings" | "gidMappings")[] = ["uidMappings", "gidMappings"],
): Refusal | undefined {
  const joined = spec.linux?.namespaces?.some(
    ({ type, path }) => type === "user" && (path ?? "") !== "",
  );
  if (joined === true) return undefined;
  const mapped = mappingsOf(spec);
  for (const key of keys) {
    const mappings = mapped[key] ?? [];
    if (mappings.length > MAX_LINES || mappings.some(isBroken) || overlap(mappings)) {
      return refuse("can't get final child's PID from pipe: EOF", "linux", key);
    }
  }
  return undefined;
}

function isBroken({ containerID, hostID, size }: OciIDMapping): boolean {
  return size <= 0 || containerID + size > 0xffffffff || hostID + size > 0xffffffff;
}

function overlap(mappings: readonly OciIDMapping[]): boolean {
  return mappings.some((a, index) =>
    mappings.slice(index + 1).some((b) => {
      const inside =
        a.containerID < b.containerID + b.size && b.containerID < a.containerID + a.size;
      const outside = a.hostID < b.hostID + b.size && b.hostID < a.hostID + a.size;
      return inside || outside;
    }),
  );
}
