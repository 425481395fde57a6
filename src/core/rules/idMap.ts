// Ids inside a user namespace and outside: the lines of uid_map and gid_map.
import type { OciIDMapping } from "../model/oci.ts";

/** The id that no mapping has: what the kernel shows for unmapped ones. */
export const OVERFLOW_ID = 65534;

/** setresuid(-1) means "leave it", so this id is never one of a process. */
export const UNCHANGED = 0xffffffff;

/** The id on the host; undefined when it is not mapped. Without mappings ids are the host's. */
export function toHostId(
  id: number,
  mappings: readonly OciIDMapping[] | undefined,
): number | undefined {
  if (id < 0 || id >= UNCHANGED) return undefined;
  if (mappings === undefined) return id;
  for (const { containerID, hostID, size } of mappings) {
    if (id >= containerID && id < containerID + size) return hostID + (id - containerID);
  }
  return undefined;
}
