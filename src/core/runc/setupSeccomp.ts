// runc's reading of a seccomp profile: flags, architectures, actions and operators that it knows.
// @see runc v1.3.6 libcontainer/specconv/spec_linux.go SetupSeccomp; libcontainer/seccomp/config.go
import type { OciSeccomp } from "../model/oci.ts";
import { atRelease, type ReleasedRows } from "../model/version.ts";
import { hasSeccompFilter } from "../rules/seccompFilter.ts";
import { ACTIONS, ARCHITECTURES, FLAGS_KNOWN, OPERATORS } from "./seccompWords.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

/** Flags that a release knows; undefined: it refuses any. */
const FLAGS: ReleasedRows<ReadonlySet<string> | undefined> = [
  { since: "1.0", value: undefined },
  {
    since: "1.2",
    value: FLAGS_KNOWN,
  },
];

export function setupSeccomp({ spec, world }: StepInput): Refusal | undefined {
  const seccomp = spec.linux?.seccomp;
  if (!hasSeccompFilter(seccomp)) return undefined;
  const message =
    refusedFlag(seccomp, atRelease(FLAGS, world.runtime.ociRuntime.version)) ??
    unknownArchitecture(seccomp) ??
    unknownWord(seccomp);
  return message === undefined ? undefined : refuse(message, "linux", "seccomp");
}

function refusedFlag(
  seccomp: OciSeccomp,
  known: ReadonlySet<string> | undefined,
): string | undefined {
  const flags = seccomp.flags ?? [];
  if (flags.length === 0) return undefined;
  if (known === undefined) return "seccomp flags are not yet supported by runc";
  const unknown = flags.find((flag) => !known.has(flag));
  return unknown === undefined ? undefined : `seccomp flag ${unknown} is not known to runc`;
}

function unknownArchitecture(seccomp: OciSeccomp): string | undefined {
  const unknown = seccomp.architectures?.find((name) => !ARCHITECTURES.has(name));
  return unknown === undefined ? undefined : `string ${unknown} is not a valid arch for seccomp`;
}

function unknownWord(seccomp: OciSeccomp): string | undefined {
  const rules = seccomp.syscalls ?? [];
  if (!ACTIONS.has(seccomp.defaultAction)) return invalidAction(seccomp.defaultAction);
  for (const { action, names, args } of rules) {
    if (!ACTIONS.has(action)) return invalidAction(action);
    if ((names ?? []).length === 0) continue;
    const unknown = args?.find(({ op }) => !OPERATORS.has(op));
    if (unknown !== undefined) {
      return `string ${unknown.op ?? ""} is not a valid operator for seccomp`;
    }
  }
  return undefined;
}

function invalidAction(action: string | undefined): string {
  return `string ${action ?? ""} is not a valid action for seccomp`;
}
