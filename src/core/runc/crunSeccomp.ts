// crun's reading of a seccomp profile and its filter.
// @see crun 1.28 src/libcrun/seccomp.c libcrun_generate_seccomp
import type { OciSeccomp } from "../model/oci.ts";
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
  const message =
    unconnected(seccomp, seccompAgent) ?? unknownWord(seccomp) ?? refusedRule(seccomp);
  return message === undefined ? undefined : refuse(message, "linux", "seccomp");
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

function unknownWord(seccomp: OciSeccomp): string | undefined {
  const flag = seccomp.flags?.find((name) => !CRUN_FLAGS.has(name));
  if (flag !== undefined) return `unknown seccomp option \`${flag}\``;
  if (!ACTIONS.has(seccomp.defaultAction)) return action(seccomp.defaultAction);
  for (const name of seccomp.architectures ?? []) {
    if (!ARCHITECTURES.has(name)) {
      return `seccomp unknown architecture \`${name.replace(/^SCMP_ARCH_/, "")}\``;
    }
  }
  return undefined;
}

const CRUN_FLAGS: ReadonlySet<string> = new Set([
  ...FLAGS_KNOWN,
  "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV",
]);

function refusedRule(seccomp: OciSeccomp): string | undefined {
  for (const rule of seccomp.syscalls ?? []) {
    if (!ACTIONS.has(rule.action)) return action(rule.action);
    if (rule.action === seccomp.defaultAction) continue;
    for (const { index, op } of rule.args ?? []) {
      if (index >= MAX_ARGUMENTS) return "invalid seccomp index `0`";
      if (!OPERATORS.has(op)) return "get_seccomp_operator";
    }
    const tooBig = rule.action === "SCMP_ACT_ERRNO" && (rule.errnoRet ?? 0) >= MAX_ERRNO;
    if (tooBig) return `seccomp_rule_add \`${rule.names?.[0] ?? ""}\`: Invalid argument`;
  }
  return undefined;
}

function action(name: string | undefined): string {
  return `seccomp get action \`${name ?? ""}\``;
}
