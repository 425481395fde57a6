// Resource limits: names that runc knows, and raises that the kernel refuses.
// @see runc v1.3.6 rlimit_linux.go strToRlimit; libcontainer/process_linux.go setupRlimits; linux v6.18 kernel/sys.c do_prlimit
import { toMask } from "../rules/capabilitySet.ts";
import { hostCapabilities } from "../rules/hostCapabilities.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

const CAP_SYS_RESOURCE = toMask(["CAP_SYS_RESOURCE"]);

/** Name → number on x86 and arm. */
const NUMBERS: ReadonlyMap<string, number> = new Map(
  "CPU FSIZE DATA STACK CORE RSS NPROC NOFILE MEMLOCK AS LOCKS SIGPENDING MSGQUEUE NICE RTPRIO RTTIME"
    .split(" ")
    .map((name, number) => [`RLIMIT_${name}`, number]),
);

/** fs.nr_open as the kernel sets it: what a host without CAP_SYS_RESOURCE certainly does not go above. */
const NR_OPEN = 1048576;

export function isKnownRlimit(type: string): boolean {
  return NUMBERS.has(type);
}

export function createLibContainerRlimit({ spec }: StepInput): Refusal | undefined {
  const limits = spec.process?.rlimits ?? [];
  const index = limits.findIndex(({ type }) => !NUMBERS.has(type));
  if (index === -1) return undefined;
  return refuse(`wrong rlimit value: ${limits[index]?.type}`, "process", "rlimits", index);
}

/** The runtime's own limits no world tells, so only what this one certainly may not is refused. */
export function setupRlimits({ spec, world }: StepInput): Refusal | undefined {
  const limits = spec.process?.rlimits ?? [];
  const mayRaise = (hostCapabilities(world) & CAP_SYS_RESOURCE) !== 0n;
  for (const [index, { type, soft, hard }] of limits.entries()) {
    const raised = type === "RLIMIT_NOFILE" && hard > NR_OPEN && !mayRaise;
    if (!raised && soft <= hard) continue;
    const reason = soft > hard ? "invalid argument" : "operation not permitted";
    const message = `error setting rlimits for ready process: error setting rlimit type ${NUMBERS.get(type)}: ${reason}`;
    return refuse(message, "process", "rlimits", index);
  }
  return undefined;
}
