// The building and loading of the filter: what libseccomp, runc or the kernel refuse in a profile that reads well.
// @see runc v1.3.6 libcontainer/seccomp/seccomp_linux.go InitSeccomp; libseccomp 2.5.4 src/db.c
import type { OciSeccomp, OciSyscall } from "../model/oci.ts";
import { toMask } from "../rules/capabilitySet.ts";
import { initialCapabilities } from "../rules/hostCapabilities.ts";
import { hasSeccompFilter } from "../rules/seccompFilter.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

/** libseccomp takes errno values below this one. */
export const MAX_ERRNO = 4095;
const MAX_ARGUMENTS = 6;
const CAP_SYS_ADMIN = toMask(["CAP_SYS_ADMIN"]);

export function initSeccomp({ spec, world }: StepInput): Refusal | undefined {
  const seccomp = spec.linux?.seccomp;
  if (!hasSeccompFilter(seccomp)) return undefined;
  const message = notify(seccomp) ?? defaultErrno(seccomp) ?? rules(seccomp);
  const nnp = spec.process?.noNewPrivileges === true;
  const wrap = nnp ? "unable to init seccomp: " : "";
  if (message !== undefined) return refuse(wrap + message, "linux", "seccomp");
  if (nnp || (initialCapabilities(spec, world) & CAP_SYS_ADMIN) !== 0n) return undefined;
  return refuse(
    "error loading seccomp filter into kernel: error loading seccomp filter: permission denied",
    "linux",
    "seccomp",
  );
}

function notify(seccomp: OciSeccomp): string | undefined {
  for (const { action, names } of seccomp.syscalls ?? []) {
    if (action === "SCMP_ACT_NOTIFY" && names?.includes("write")) {
      return "SCMP_ACT_NOTIFY cannot be used for the write syscall";
    }
  }
  return seccomp.defaultAction === "SCMP_ACT_NOTIFY"
    ? "SCMP_ACT_NOTIFY cannot be used as default action"
    : undefined;
}

function defaultErrno({ defaultAction, defaultErrnoRet }: OciSeccomp): string | undefined {
  if (defaultAction !== "SCMP_ACT_ERRNO" || !isTooBig(defaultErrnoRet)) return undefined;
  return "error creating filter: could not create filter";
}

function rules(seccomp: OciSeccomp): string | undefined {
  for (const rule of seccomp.syscalls ?? []) {
    const names = rule.names ?? [];
    const [first] = names;
    if (first === undefined) continue;
    // What is wrong with a rule shows at its first name; only an empty name may come later.
    const message = matchCall(first, rule, seccomp) ?? (names.includes("") ? NO_NAME : undefined);
    if (message !== undefined) return message;
  }
  return undefined;
}

const NO_NAME = "empty string is not a valid syscall";

function matchCall(name: string, rule: OciSyscall, seccomp: OciSeccomp): string | undefined {
  if (name === "") return NO_NAME;
  const sameErrno = (rule.errnoRet ?? 1) === (seccomp.defaultErrnoRet ?? 1);
  if (rule.action === seccomp.defaultAction && sameErrno) return undefined;
  const index = rule.args?.find((arg) => arg.index >= MAX_ARGUMENTS)?.index;
  if (index !== undefined) {
    return `error creating seccomp syscall condition for syscall ${name}: syscalls only have up to ${MAX_ARGUMENTS} arguments (${index} given)`;
  }
  if (rule.action !== "SCMP_ACT_ERRNO" || !isTooBig(rule.errnoRet)) return undefined;
  const what = (rule.args ?? []).length === 0 ? "filter rule" : "rule";
  return `error adding seccomp ${what} for syscall ${name}: two checks on same syscall argument`;
}

/** runc keeps 16 bits of it. */
function isTooBig(errno: number | undefined): boolean {
  return errno !== undefined && (errno & 0xffff) >= MAX_ERRNO;
}
