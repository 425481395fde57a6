// What a seccomp profile does with one system call, as runc and libseccomp turn the profile into a filter.
// @see runc v1.3.6 libcontainer/seccomp/seccomp_linux.go InitSeccomp; patchbpf/enosys_linux.go
import type { OciSeccomp, OciSeccompArg, OciSyscall } from "../model/oci.ts";
import { NEW_SYSCALLS } from "../tables/newSyscalls.ts";
import { isNamed } from "./seccompNames.ts";

export type SeccompVerdict =
  | { readonly kind: "allow" }
  /** The call fails with `errno`; 0 is a fake success. */
  | { readonly kind: "errno"; readonly errno: number }
  | { readonly kind: "kill" };

export interface SyscallFacts {
  /** By position, as far as known. */
  readonly args?: readonly bigint[];
}

export interface FilterOptions {
  /** runc answers ENOSYS for calls newer than the newest that the profile names. */
  readonly enosysStub: boolean;
}

const ENOSYS = 38;
const EPERM = 1;
const ALLOW: SeccompVerdict = { kind: "allow" };
/** Actions after which the call is made; a tracer, where there is one, is taken to let it pass. */
const PERMISSIVE: ReadonlySet<string> = new Set(["SCMP_ACT_ALLOW", "SCMP_ACT_LOG"]);
const NO_STUB: ReadonlySet<string> = new Set([...PERMISSIVE, "SCMP_ACT_TRACE"]);

/** Neither a default action nor a rule: runc loads nothing. */
export function hasSeccompFilter(seccomp: OciSeccomp | null | undefined): seccomp is OciSeccomp {
  if (seccomp === undefined || seccomp === null) return false;
  return (seccomp.defaultAction ?? "") !== "" || (seccomp.syscalls ?? []).length > 0;
}

/** Takes a profile that converts (every action and operator is known). */
export function seccompVerdict(
  seccomp: OciSeccomp,
  name: string,
  facts: SyscallFacts & FilterOptions,
): SeccompVerdict {
  if (facts.enosysStub && isNewerThanProfile(seccomp, name)) {
    return { kind: "errno", errno: ENOSYS };
  }
  const rule = matchingRule(seccomp, name, facts.args ?? []);
  if (rule === undefined) return verdict(seccomp.defaultAction, seccomp.defaultErrnoRet);
  return verdict(rule.action, rule.errnoRet);
}

/** libseccomp: a rule without conditions beats those with; the first of two wins. */
function matchingRule(
  seccomp: OciSeccomp,
  name: string,
  args: readonly bigint[],
): OciSyscall | undefined {
  let conditional: OciSyscall | undefined;
  for (const rule of seccomp.syscalls ?? []) {
    if (!isNamed(name, rule.names) || isDefault(seccomp, rule)) continue;
    const conditions = rule.args ?? [];
    if (conditions.length === 0) return rule;
    if (conditional === undefined && conditionsHold(conditions, args)) conditional = rule;
  }
  return conditional;
}

/** A rule that says what the default says is left out by runc. */
function isDefault(seccomp: OciSeccomp, rule: OciSyscall): boolean {
  if (rule.action !== seccomp.defaultAction) return false;
  return (rule.errnoRet ?? EPERM) === (seccomp.defaultErrnoRet ?? EPERM);
}

/** Conditions on several arguments must all hold; two on one argument become rules of their own. */
function conditionsHold(conditions: readonly OciSeccompArg[], args: readonly bigint[]): boolean {
  const indexes = new Set(conditions.map((condition) => condition.index));
  const results = conditions.map((condition) => conditionHolds(condition, args[condition.index]));
  return indexes.size < conditions.length ? results.includes(true) : !results.includes(false);
}

/** An argument that is not known is taken to match no condition. */
function conditionHolds(condition: OciSeccompArg, arg: bigint | undefined): boolean {
  if (arg === undefined) return false;
  const value = BigInt(condition.value ?? 0);
  switch (condition.op) {
    case "SCMP_CMP_NE":
      return arg !== value;
    case "SCMP_CMP_LT":
      return arg < value;
    case "SCMP_CMP_LE":
      return arg <= value;
    case "SCMP_CMP_EQ":
      return arg === value;
    case "SCMP_CMP_GE":
      return arg >= value;
    case "SCMP_CMP_GT":
      return arg > value;
    default:
      return (arg & value) === BigInt(condition.valueTwo ?? 0);
  }
}

function isNewerThanProfile(seccomp: OciSeccomp, name: string): boolean {
  const number = NEW_SYSCALLS.get(name);
  if (number === undefined || NO_STUB.has(seccomp.defaultAction)) return false;
  if (seccomp.defaultErrnoRet === ENOSYS) return false;
  for (const rule of seccomp.syscalls ?? []) {
    const names = rule.names ?? [];
    // Most profiles name the call itself, which is found sooner than any that is newer.
    if (isNamed(name, names)) return false;
    if (names.some((named) => (NEW_SYSCALLS.get(named) ?? 0) >= number)) return false;
  }
  return true;
}

function verdict(action: string, errnoRet: number | undefined): SeccompVerdict {
  if (PERMISSIVE.has(action)) return ALLOW;
  if (action === "SCMP_ACT_ERRNO") return { kind: "errno", errno: (errnoRet ?? EPERM) & 0xffff };
  if (action === "SCMP_ACT_TRACE") return { kind: "errno", errno: ENOSYS };
  if (action === "SCMP_ACT_NOTIFY") return ALLOW;
  return { kind: "kill" };
}
