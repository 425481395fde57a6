// What an OCI runtime does to its init process before the exec, call by call: bounding set, groups, ids, capability sets.
// @see runc v1.3.6 libcontainer/init_linux.go finalizeNamespace; crun 1.28 src/libcrun/linux.c set_required_caps
import type { Credentials } from "../model/credentials.ts";
import type { OciCapabilities, OciSpec } from "../model/oci.ts";
import { atRelease, type ReleasedRows } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { capabilityBit, toMask } from "./capabilitySet.ts";
import { capCapset, dropBounding, raiseAmbient, setuidKeepingCaps } from "./capset.ts";
import { capabilityCount, hasUserNamespace, initialCapabilities } from "./hostCapabilities.ts";
import { toHostId, UNCHANGED } from "./idMap.ts";

export type IdentityCall = "setgroups" | "setgid" | "setuid" | "capset";

export interface InitCredentials {
  /** As they are just before the exec; undefined when a call was refused. */
  readonly credentials?: Credentials;
  /** The call that the kernel refused, with EPERM for capset and EINVAL for the others. */
  readonly refused?: IdentityCall;
  /** Ambient capabilities that could not be raised, by name. */
  readonly ambientRefused: readonly string[];
  /** Names that are no capability of this kernel, sorted: ignored. */
  readonly unknown: readonly string[];
}

interface InitRules {
  /** `process.capabilities` absent: no capability at all, or the sets left as they are. */
  readonly absent: "none" | "kept";
  readonly anyCase: boolean;
  /** A supplementary group given twice is set once. */
  readonly distinctGroups: boolean;
  /** Ids are set by setresuid and setresgid. */
  readonly byResuid: boolean;
}

const RUNC: ReleasedRows<InitRules> = [
  {
    since: "1.0",
    value: { absent: "none", anyCase: false, distinctGroups: true, byResuid: false },
  },
  {
    since: "1.3",
    value: { absent: "kept", anyCase: false, distinctGroups: false, byResuid: false },
  },
];
const CRUN: ReleasedRows<InitRules> = [
  { since: "0.1", value: { absent: "none", anyCase: true, distinctGroups: false, byResuid: true } },
];
const OTHER: InitRules = { absent: "none", anyCase: false, distinctGroups: false, byResuid: false };

/** Follows the calls of `world.runtime.ociRuntime` on this host's kernel. */
export function initCredentials(spec: OciSpec, world: World): InitCredentials {
  const { name, version } = world.runtime.ociRuntime;
  const rules = atRelease(name === "crun" ? CRUN : RUNC, version) ?? OTHER;
  const known = knownSets(spec.process?.capabilities ?? {}, world, rules);
  const sets = spec.process?.capabilities === undefined && rules.absent === "kept" ? null : known;
  const { unknown } = known;
  const refuse = (refused: IdentityCall): InitCredentials => ({
    refused,
    ambientRefused: [],
    unknown,
  });

  let credentials = startOf(spec, world);
  if (sets !== null) credentials = dropBounding(credentials, sets.bounding);
  const { uid = 0, gid = 0, additionalGids = [] } = spec.process?.user ?? {};
  const { uidMappings, gidMappings } = mappingsOf(spec);
  if (additionalGids.some((group) => toHostId(group, gidMappings) === undefined)) {
    return refuse("setgroups");
  }
  // setresuid(-1) and setresgid(-1) succeed and leave the id as it is: root's.
  const leaves = (id: number) => rules.byResuid && id === UNCHANGED;
  if (!leaves(gid) && toHostId(gid, gidMappings) === undefined) return refuse("setgid");
  if (!leaves(uid) && toHostId(uid, uidMappings) === undefined) return refuse("setuid");
  const [newUid, newGid] = [leaves(uid) ? 0 : uid, leaves(gid) ? 0 : gid];
  const groups = rules.distinctGroups ? [...new Set(additionalGids)] : additionalGids;
  credentials = setuidKeepingCaps(
    { ...credentials, groups, gid: { real: newGid, effective: newGid, saved: newGid } },
    newUid,
  );
  if (sets === null) return { credentials, ambientRefused: [], unknown };

  credentials = dropBounding(credentials, sets.bounding);
  const { inheritable, permitted, effective } = sets;
  const set = capCapset(credentials, { inheritable, permitted, effective });
  if (set === undefined) return refuse("capset");
  const ambientRefused: string[] = [];
  credentials = set;
  for (const name of sets.ambient) {
    const raised = raiseAmbient(credentials, toMask([name]));
    if (raised === undefined) ambientRefused.push(name);
    else credentials = raised;
  }
  return { credentials, ambientRefused, unknown };
}

function startOf(spec: OciSpec, world: World): Credentials {
  const all = initialCapabilities(spec, world);
  const root = { real: 0, effective: 0, saved: 0 };
  return {
    uid: root,
    gid: root,
    groups: [],
    inheritable: 0n,
    permitted: all,
    effective: all,
    bounding: all,
    ambient: 0n,
    noNewPrivs: spec.process?.noNewPrivileges === true,
  };
}

/** Mappings count only with a user namespace; one that is joined without them maps as its creator said: unknown here, taken as identity. */
export function mappingsOf(
  spec: OciSpec,
): Pick<NonNullable<OciSpec["linux"]>, "uidMappings" | "gidMappings"> {
  if (!hasUserNamespace(spec)) return {};
  const { uidMappings, gidMappings } = spec.linux ?? {};
  return {
    ...(uidMappings === undefined ? {} : { uidMappings }),
    ...(gidMappings === undefined ? {} : { gidMappings }),
  };
}

/** The sets that are asked for, without the names that this kernel does not know. */
interface KnownSets {
  readonly bounding: bigint;
  readonly effective: bigint;
  readonly inheritable: bigint;
  readonly permitted: bigint;
  /** Raised one by one, in this order. */
  readonly ambient: readonly string[];
  /** Sorted, each once. */
  readonly unknown: readonly string[];
}

function knownSets(told: OciCapabilities, world: World, rules: InitRules): KnownSets {
  const count = capabilityCount(world);
  const unknown: string[] = [];
  function keepKnown(list: readonly string[] | null | undefined): readonly string[] {
    const kept: string[] = [];
    for (const written of list ?? []) {
      const name = rules.anyCase ? written.toUpperCase() : written;
      if ((capabilityBit(name) ?? count) < count) kept.push(name);
      else if (!unknown.includes(written)) unknown.push(written);
    }
    return kept;
  }
  const bounding = toMask(keepKnown(told.bounding));
  // Runtimes mostly write the same names three times.
  const ofBounding = (list: readonly string[] | null | undefined): bigint =>
    isSameList(list, told.bounding) ? bounding : toMask(keepKnown(list));
  return {
    bounding,
    effective: ofBounding(told.effective),
    inheritable: toMask(keepKnown(told.inheritable)),
    permitted: ofBounding(told.permitted),
    ambient: keepKnown(told.ambient),
    unknown: unknown.sort(),
  };
}

function isSameList(
  a: readonly string[] | null | undefined,
  b: readonly string[] | null | undefined,
): boolean {
  if (!a || !b || a.length !== b.length) return false;
  return a.every((name, index) => name === b[index]);
}
