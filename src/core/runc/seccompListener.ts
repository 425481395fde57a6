// A profile that notifies needs an agent's socket to send the listener to.
// @see runc v1.3.6 libcontainer/process_linux.go procSeccomp
import { atRelease, type ReleasedRows } from "../model/version.ts";
import { errnoText } from "../rules/errno.ts";
import { hasSeccompFilter } from "../rules/seccompFilter.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

const TEXT: ReleasedRows<string> = [
  { since: "1.0", value: "listenerPath is not set" },
  { since: "1.2", value: "seccomp listenerPath is not set" },
];

const UNCONNECTED =
  "failed to connect with seccomp agent specified in the seccomp profile: dial unix";

/** What connect(2) says of a socket that is not there, or that nobody listens on. */
export const CONNECT_ERRNO = { absent: 2, notListening: 111 } as const;

export function seccompListener(input: StepInput): Refusal | undefined {
  const { spec, world, seccompAgent } = input;
  const seccomp = spec.linux?.seccomp;
  if (!hasSeccompFilter(seccomp)) return undefined;
  const notifies = (seccomp.syscalls ?? []).some(
    ({ action, names }) => action === "SCMP_ACT_NOTIFY" && (names ?? []).length > 0,
  );
  if (!notifies) return undefined;
  const listener = seccomp.listenerPath ?? "";
  const path = ["linux", "seccomp", "listenerPath"];
  if (listener === "") {
    const message = atRelease(TEXT, world.runtime.ociRuntime.version);
    return message === undefined ? undefined : refuse(message, ...path);
  }
  if (seccompAgent === undefined) return undefined;
  const error = errnoText(CONNECT_ERRNO[seccompAgent]);
  return refuse(`${UNCONNECTED} ${listener}: connect: ${error}`, ...path);
}
