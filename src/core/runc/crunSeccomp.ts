// crun's reading of a seccomp profile, and what libseccomp refuses of its filter.
import type { OciSeccomp, OciSyscall } from "../model/oci.ts";
import { hasSeccompFilter } from "../rules/seccompFilter.ts";
import { cError } from "./crunText.ts";
import { MAX_ERRNO } from "./initSeccomp.ts";
import { CONNECT_ERRNO } from "./seccompListener.ts";
import { ACTIONS, ARCHITECTURES, FLAGS_KNOWN, OPERATORS } from "./seccompWords.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

const MAX_ARGUMENTS = 6;

export function crunSeccomp({ spec, seccompAgent }: StepInput): Refusal | undefined {
  const seccomp = spec.linux?.seccomp;
  if (!hasSeccompFilter(seccomp)) return undefined;
  const message = unconnected(seccomp, seccompAgent) ?? generateSeccomp(seccomp);
  return message === undefined ? undefined : refuse(message, "linux", "seccomp");
}

/** Flags are read when the filter is loaded: long after it was built, and with no_new_privs after everything else. */
export function crunFlags({ spec }: StepInput): Refusal | undefined {
  const seccomp = spec.linux?.seccomp;
  if (!hasSeccompFilter(seccomp)) return undefined;
  const flag = seccomp.flags?.find((name) => !CRUN_FLAGS.has(name));
  if (flag === undefined) return undefined;
  return refuse(`unknown seccomp option \`${flag}\``, "linux", "seccomp");
}

/** crun connects to the agent that a profile names whether or not a rule notifies. */
function unconnected(
  { listenerPath = "" }: OciSeccomp,
  agent: StepInput["seccompAgent"],
): string | undefined {
  if (listenerPath === "" || agent === undefined) return undefined;
  const error = cError(CONNECT_ERRNO[agent]);
  return `open seccomp receiver: connect socket to \`${listenerPath}\`: ${error}`;
}

const CRUN_FLAGS: ReadonlySet<string> = new Set([
  ...FLAGS_KNOWN,
  "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV",
]);

/**
 * Compiles the filter. @returns what is wrong with the profile, in crun's words
 * @see crun 1.28 src/libcrun/seccomp.c libcrun_generate_seccomp
 */
export function generateSeccomp(seccomp: OciSeccomp): string | undefined {
  const { defaultAction, defaultErrnoRet, architectures = [] } = seccomp;
  const unfit = errnoOf(defaultAction, defaultErrnoRet) ?? action(defaultAction);
  if (unfit !== undefined) return unfit;
  if (isTooBig(defaultAction, defaultErrnoRet)) return "error seccomp_init";
  for (const name of architectures) {
    if (ARCHITECTURES.has(name)) continue;
    return `seccomp unknown architecture \`${name.replace(/^SCMP_ARCH_/, "")}\``;
  }
  for (const [index, rule] of (seccomp.syscalls ?? []).entries()) {
    const message = addRule(rule, index, seccomp);
    if (message !== undefined) return message;
  }
  return undefined;
}

function addRule(rule: OciSyscall, index: number, seccomp: OciSeccomp): string | undefined {
  const unfit = errnoOf(rule.action, rule.errnoRet) ?? action(rule.action);
  const [first] = rule.names ?? [];
  if (unfit !== undefined || first === undefined) return unfit;
  if (
    returned(rule.action, rule.errnoRet) ===
    returned(seccomp.defaultAction, seccomp.defaultErrnoRet)
  )
    return undefined;
  const { args = [] } = rule;
  if (args.some((arg) => arg.index >= MAX_ARGUMENTS)) return `invalid seccomp index \`${index}\``;
  if (args.some(({ op }) => !OPERATORS.has(op))) return "get_seccomp_operator";
  if (!isTooBig(rule.action, rule.errnoRet)) return undefined;
  return args.length === 0
    ? `seccomp_rule_add \`${first}\`: Invalid argument`
    : "seccomp_rule_add_array: Invalid argument";
}

const WITH_ERRNO: ReadonlySet<string> = new Set(["SCMP_ACT_ERRNO", "SCMP_ACT_TRACE"]);
const EPERM = 1;

function errnoOf(name: string | undefined, errnoRet: number | undefined): string | undefined {
  if (errnoRet === undefined || WITH_ERRNO.has(name ?? "")) return undefined;
  return `errno value specified for action \`${name ?? ""}\``;
}

/** libseccomp takes any message of a tracer. */
function isTooBig(name: string, errnoRet: number | undefined): boolean {
  return name === "SCMP_ACT_ERRNO" && (errnoRet ?? EPERM) >= MAX_ERRNO;
}

/** What libseccomp is told to return; an errno is part of it. */
function returned(name: string, errnoRet: number | undefined): string {
  if (name === "SCMP_ACT_KILL_THREAD") return "SCMP_ACT_KILL";
  return WITH_ERRNO.has(name) ? `${name} ${errnoRet ?? EPERM}` : name;
}

function action(name: string | undefined): string | undefined {
  return ACTIONS.has(name ?? "") ? undefined : `seccomp get action \`${name ?? ""}\``;
}
