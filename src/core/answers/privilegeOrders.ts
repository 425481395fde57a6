// Which of two values of a field is the greater privilege.
import type { FieldName } from "../fields/card.ts";
import { waysWithin } from "./hostPaths.ts";

export type Change = "more" | "fewer" | "changed";
/** What the step from the first value to the second is; they are known to differ. Absent values are undefined. */
export type Order = (before: unknown, after: unknown) => Change;

/** Lists: what is new in it, and what is gone. */
export function whenListed(before: unknown, after: unknown): Change {
  const old = listOf(before);
  const now = listOf(after);
  const gained = now.some((item) => !old.includes(item));
  const lost = old.some((item) => !now.includes(item));
  // Neither: another order of the same.
  return gained === lost ? "changed" : gained ? "more" : "fewer";
}

/** Host paths: whoever may write to one may read it, too. */
export function whenReached(before: unknown, after: unknown): Change {
  const reach = (value: unknown) => listOf(value).map(String).flatMap(waysWithin);
  return whenListed(reach(before), reach(after));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** By rank, the greater privilege the higher. */
function ranked(rank: (value: unknown) => number): Order {
  return (before, after) => {
    const step = rank(after) - rank(before);
    return step > 0 ? "more" : step < 0 ? "fewer" : "changed";
  };
}

/** Root is more than anybody, and nobody said is what the image says: it may be root. */
function rankOfId(id: unknown): number {
  if (id === undefined) return 1;
  return Number(id) === 0 ? 2 : 0;
}

/** A group that every process of the pod is in: 0 is root's, another one is no more than the next. */
function rankOfGroup(id: unknown): number {
  return id !== undefined && Number(id) === 0 ? 1 : 0;
}

/** Nothing said is as unconfined as the node leaves it. */
function rankOfProfile(value: unknown): number {
  const { type } = (value ?? {}) as { readonly type?: unknown };
  if (type === "Unconfined") return 3;
  if (type === undefined) return 2;
  return type === "Localhost" ? 1 : 0;
}

/** Nothing said is false. */
const whenTrue: Order = ranked((value) => (value === true ? 1 : 0));

const changed: Order = () => "changed";

/** AppArmor's profile is the runtime's own where nothing is said. */
function rankOfAppArmor(value: unknown): number {
  const { type } = (value ?? {}) as { readonly type?: unknown };
  return type === "Unconfined" ? 2 : type === "Localhost" ? 1 : 0;
}

export const BY_MORE: Readonly<Record<FieldName, Order>> = {
  seLinuxOptions: changed,
  windowsOptions: changed,
  runAsUser: ranked(rankOfId),
  runAsGroup: ranked(rankOfId),
  runAsNonRoot: ranked((value) => (value === true ? 0 : 1)),
  supplementalGroups: whenListed,
  supplementalGroupsPolicy: ranked((value) => (value === "Strict" ? 0 : 1)),
  fsGroup: ranked(rankOfGroup),
  sysctls: changed,
  fsGroupChangePolicy: changed,
  seccompProfile: ranked(rankOfProfile),
  appArmorProfile: ranked(rankOfAppArmor),
  seLinuxChangePolicy: changed,
  capabilities: whenListed,
  privileged: whenTrue,
  readOnlyRootFilesystem: ranked((value) => (value === true ? 0 : 1)),
  allowPrivilegeEscalation: ranked((value) => (value === false ? 0 : 1)),
  procMount: ranked((value) => (value === "Unmasked" ? 1 : 0)),
  hostNetwork: whenTrue,
  hostPID: whenTrue,
  hostIPC: whenTrue,
  hostUsers: ranked((value) => (value === false ? 0 : 1)),
  shareProcessNamespace: whenTrue,
};
