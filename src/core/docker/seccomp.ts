// Seccomp: dockerd's default profile for the container's capabilities, no filter, or the profile that the request brings along.
// @see moby v28.5.2 daemon/seccomp_linux.go WithSeccomp; profiles/seccomp/seccomp_linux.go LoadProfile
import type { OciSeccomp } from "../model/oci.ts";
import type { SeccompFacts } from "../model/seccompProfile.ts";
import { dockerDefaultProfile } from "../rules/seccompDefault.ts";
import { type SeccompSetup, setupSeccomp } from "../rules/seccompProfile.ts";
import type { Facts } from "./facts.ts";
import type { CreateRequest } from "./request.ts";
import { unmarshalProfile } from "./seccompJson.ts";
import type { SpecOpt } from "./specDraft.ts";

export const UNCONFINED = "unconfined";
export const BUILTIN = "builtin";

export function withSeccomp(asked: string, request: CreateRequest, facts: Facts): SpecOpt {
  return ({ process, linux }) => {
    const made = seccompFor(asked, request, facts, process.capabilities.bounding);
    if (made.error !== undefined) return made.error;
    linux.seccomp = made.profile;
    return undefined;
  };
}

function seccompFor(
  asked: string,
  { privileged }: CreateRequest,
  facts: Facts,
  bounding: readonly string[],
): SeccompSetup {
  const { release, world, version } = facts;
  if (asked === UNCONFINED) return {};
  if (privileged && (asked === "" || !release.privilegedSeccomp)) return {};
  const { kernel, architecture = "amd64" } = world.node;
  const of: SeccompFacts = { bounding, kernel, architecture };
  // In a privileged container even this word is taken for a profile's text.
  const isBuiltin = asked === BUILTIN && release.builtinSeccomp && !privileged;
  if (asked === "" || isBuiltin) return setupSeccomp(dockerDefaultProfile(version), of, version);
  const read = unmarshalProfile(asked, release.wholeSeccompProfile);
  if (read.error !== undefined) {
    return { error: `Decoding seccomp profile failed: ${read.error}` };
  }
  return withoutEmptyLists(setupSeccomp(read.profile, of, version));
}

/** Go leaves an empty list out. */
function withoutEmptyLists(setup: SeccompSetup): SeccompSetup {
  if (setup.profile === undefined) return setup;
  const kept = Object.entries(setup.profile).filter(
    ([, value]) => !Array.isArray(value) || value.length > 0,
  );
  return { profile: Object.fromEntries(kept) as unknown as OciSeccomp };
}
