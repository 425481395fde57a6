// runc's change of user: the ids that it or the kernel refuses, and the capability sets that the kernel refuses.
// @see runc v1.1.5 and v1.3.6 libcontainer/init_linux.go setupUser, finalizeNamespace
import { atRelease, type ReleasedRows } from "../model/version.ts";
import { toHostId } from "../rules/idMap.ts";
import { mappingsOf } from "../rules/ociRuntime.ts";
import { type Refusal, refuse, type Step, type StepInput } from "./step.ts";

/** Up to 1.2 runc read the ids as lines of /etc/passwd are read, whose numbers end here. */
const MAX_ID = 2147483647;

/** From 1.3 on the kernel alone judges. */
const CHECKS: ReleasedRows<(input: StepInput) => Refusal | undefined> = [
  { since: "1.0", value: checkBefore },
  { since: "1.3", value: () => undefined },
];
const CAPS: ReleasedRows<string> = [
  { since: "1.0", value: "unable to apply caps: operation not permitted" },
  {
    since: "1.3",
    value: "unable to apply caps: can't apply capabilities: operation not permitted",
  },
];

export const SETUP_USER: readonly Step[] = [
  { name: "setupUser", run: setupUser },
  { name: "ApplyCaps", run: applyCaps },
];

function setupUser(input: StepInput): Refusal | undefined {
  const { spec, world, credentials } = input;
  const check = atRelease(CHECKS, world.runtime.ociRuntime.version);
  return check?.(input) ?? refusedIds(spec.process?.user, credentials().refused);
}

function checkBefore({ spec }: StepInput): Refusal | undefined {
  const { uid = 0, gid = 0, additionalGids = [] } = spec.process?.user ?? {};
  if ([uid, gid, ...additionalGids].some((id) => id > MAX_ID)) {
    return failed(`uids and gids must be in range 0-${MAX_ID}`);
  }
  const { uidMappings, gidMappings } = mappingsOf(spec);
  if (toHostId(uid, uidMappings) === undefined) {
    return failed("cannot set uid to unmapped user in user namespace");
  }
  if (toHostId(gid, gidMappings) !== undefined) return undefined;
  return failed("cannot set gid to unmapped user in user namespace");
}

function refusedIds(
  user: { readonly uid?: number; readonly gid?: number } = {},
  refused: string | undefined,
): Refusal | undefined {
  if (refused === "setgroups") return failed("setgroups: invalid argument");
  if (refused === "setgid") {
    return failed(`cannot setgid to unmapped gid ${user.gid ?? 0} in user namespace`);
  }
  if (refused !== "setuid") return undefined;
  return failed(`cannot setuid to unmapped uid ${user.uid ?? 0} in user namespace`);
}

function failed(reason: string): Refusal {
  return refuse(`unable to setup user: ${reason}`, "process", "user");
}

function applyCaps({ world, credentials }: StepInput): Refusal | undefined {
  if (credentials().refused !== "capset") return undefined;
  const message = atRelease(CAPS, world.runtime.ociRuntime.version);
  return message === undefined ? undefined : refuse(message, "process", "capabilities");
}
