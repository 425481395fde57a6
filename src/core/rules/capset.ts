// The kernel's rules for changing capability sets and ids of a running process.
// @see linux v6.18 security/commoncap.c
import type { Credentials, Id } from "../model/credentials.ts";
import { toMask } from "./capabilitySet.ts";

const CAP_SETPCAP = toMask(["CAP_SETPCAP"]);

export interface CapabilitySets {
  readonly inheritable: bigint;
  readonly permitted: bigint;
  readonly effective: bigint;
}

/** capset(2); undefined is EPERM. @see cap_capset */
export function capCapset(old: Credentials, sets: CapabilitySets): Credentials | undefined {
  const capped = (old.effective & CAP_SETPCAP) === 0n;
  if (capped && !isSubset(sets.inheritable, old.inheritable | old.permitted)) return undefined;
  if (!isSubset(sets.inheritable, old.inheritable | old.bounding)) return undefined;
  if (!isSubset(sets.permitted, old.permitted)) return undefined;
  if (!isSubset(sets.effective, sets.permitted)) return undefined;
  const { inheritable, permitted, effective } = sets;
  const ambient = old.ambient & permitted & inheritable;
  return { ...old, inheritable, permitted, effective, ambient };
}

/** prctl(PR_CAPBSET_DROP) for everything outside `kept`; without CAP_SETPCAP nothing may be dropped. @see cap_prctl_drop */
export function dropBounding(old: Credentials, kept: bigint): Credentials {
  if ((old.effective & CAP_SETPCAP) === 0n) return old;
  return { ...old, bounding: old.bounding & kept };
}

/** prctl(PR_CAP_AMBIENT_RAISE); undefined is EPERM. @see cap_task_prctl */
export function raiseAmbient(old: Credentials, capability: bigint): Credentials | undefined {
  const raisable = old.permitted & old.inheritable & capability;
  return raisable === 0n ? undefined : { ...old, ambient: old.ambient | capability };
}

/** setuid(2) by a process that keeps its capabilities (SECBIT_KEEP_CAPS). @see cap_emulate_setxuid */
export function setuidKeepingCaps(old: Credentials, uid: number): Credentials {
  const losesRoot = hasRoot(old.uid) && uid !== 0;
  return {
    ...old,
    uid: { real: uid, effective: uid, saved: uid },
    ambient: losesRoot ? 0n : old.ambient,
    effective: old.uid.effective === 0 && uid !== 0 ? 0n : old.effective,
  };
}

function hasRoot({ real, effective, saved }: Id): boolean {
  return real === 0 || effective === 0 || saved === 0;
}

export function isSubset(part: bigint, whole: bigint): boolean {
  return (part & ~whole) === 0n;
}
