// The one thing in dockerd's specs that is drawn by lot and is no label: the order of the groups that a request adds.
import type { OciSpec } from "../../src/core/model/oci.ts";

/** GroupAdd goes through a Go map: of several groups the order changes from start to start. Here they are in ascending order. */
export function withGroupsInOrder(
  spec: OciSpec,
  groupAdd: readonly string[] | null | undefined,
): OciSpec {
  const added = new Set(groupAdd ?? []).size;
  const user = spec.process?.user;
  if (added < 2 || user?.additionalGids === undefined) return spec;
  const fixed = user.additionalGids.length - added;
  const drawn = user.additionalGids.slice(fixed).sort((a, b) => a - b);
  const additionalGids = [...user.additionalGids.slice(0, fixed), ...drawn];
  return { ...spec, process: { ...spec.process, user: { ...user, additionalGids } } };
}
