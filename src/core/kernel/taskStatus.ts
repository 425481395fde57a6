// How the kernel prints credentials in /proc/PID/status, to a reader on the host.
// @see linux v6.18 fs/proc/array.c task_state, task_cap, task_seccomp
import type { Credentials, Id } from "../model/credentials.ts";
import type { OciIDMapping, OciSpec } from "../model/oci.ts";
import type { ProcStatus } from "../model/proc.ts";
import { toHex } from "../rules/capabilitySet.ts";
import { OVERFLOW_ID, toHostId } from "../rules/idMap.ts";
import { mappingsOf } from "../rules/ociRuntime.ts";

/** Ids are the host's; groups are kept sorted by the kernel (groups_sort). */
export function taskStatus(
  credentials: Credentials,
  spec: OciSpec,
  hasFilter: boolean,
): ProcStatus {
  const { uidMappings, gidMappings } = mappingsOf(spec);
  const groups = credentials.groups.map((group) => hostId(group, gidMappings));
  return {
    Uid: ids(credentials.uid, uidMappings),
    Gid: ids(credentials.gid, gidMappings),
    Groups: groups.sort((a, b) => a - b).join(" "),
    CapInh: toHex(credentials.inheritable),
    CapPrm: toHex(credentials.permitted),
    CapEff: toHex(credentials.effective),
    CapBnd: toHex(credentials.bounding),
    CapAmb: toHex(credentials.ambient),
    NoNewPrivs: credentials.noNewPrivs ? "1" : "0",
    Seccomp: hasFilter ? "2" : "0",
  };
}

function ids(id: Id, mappings: readonly OciIDMapping[] | undefined): string {
  const effective = hostId(id.effective, mappings);
  return `${hostId(id.real, mappings)} ${effective} ${hostId(id.saved, mappings)} ${effective}`;
}

function hostId(id: number, mappings: readonly OciIDMapping[] | undefined): number {
  return toHostId(id, mappings) ?? OVERFLOW_ID;
}
