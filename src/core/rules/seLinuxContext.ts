// Whether a label is a valid context of the loaded SELinux policy, as the kernel decides before it takes one.
// @see linux v6.1 security/selinux/ss/policydb.c policydb_context_isvalid; ss/mls.c mls_context_isvalid
import type { SeLinuxPolicy } from "../model/world.ts";

const OBJECT_ROLE = "object_r";
const DEFAULT_CATEGORIES = 1024;
const DEFAULT_SENSITIVITIES: readonly string[] = ["s0"];

/** Without a policy every label counts as valid: what is not known is not refused. */
export function isValidContext(label: string, policy: SeLinuxPolicy | undefined): boolean {
  if (policy === undefined) return true;
  const [user = "", role = "", type = "", ...range] = label.split(":");
  if (!Object.hasOwn(policy.users, user) || range.length === 0) return false;
  if (!isValidRange(range.join(":"), policy)) return false;
  if (role === OBJECT_ROLE) return knownTypes(policy).has(type);
  return policy.users[user]?.includes(role) === true && policy.roles[role]?.includes(type) === true;
}

function knownTypes(policy: SeLinuxPolicy): ReadonlySet<string> {
  return new Set([...policy.types, ...Object.values(policy.roles).flat()]);
}

/** `s0`, `s0:c1,c5.c9`, `s0-s0:c0.c1023`: the high end must contain the low one. */
function isValidRange(range: string, policy: SeLinuxPolicy): boolean {
  const [low, high, ...rest] = range.split("-").map((level) => readLevel(level, policy));
  if (low === undefined || rest.length > 0) return false;
  if (!range.includes("-")) return true;
  if (high === undefined || high.sensitivity < low.sensitivity) return false;
  return [...low.categories].every((category) => high.categories.has(category));
}

interface Level {
  /** Index in the policy's order. */
  readonly sensitivity: number;
  readonly categories: ReadonlySet<number>;
}

function readLevel(text: string, policy: SeLinuxPolicy): Level | undefined {
  const [name = "", list, ...rest] = text.split(":");
  const sensitivity = (policy.sensitivities ?? DEFAULT_SENSITIVITIES).indexOf(name);
  if (sensitivity === -1 || rest.length > 0) return undefined;
  const categories = new Set<number>();
  for (const part of list === undefined ? [] : list.split(",")) {
    const match = /^c(\d+)(?:\.c(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last >= (policy.categories ?? DEFAULT_CATEGORIES) || last < first) return undefined;
    for (let category = first; category <= last; category += 1) categories.add(category);
  }
  return { sensitivity, categories };
}
