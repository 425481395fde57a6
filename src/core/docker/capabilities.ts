// Capabilities of a container: the default set, what the request adds and drops, and everything for privileged ones.
// @see moby v28.5.2 oci/caps/utils.go NormalizeLegacyCapabilities, TweakCapabilities; oci/oci.go SetCapabilities
import { goQuote } from "../rules/goText.ts";
import { DOCKER_CAPABILITIES } from "../tables/docker.ts";
import type { Facts } from "./facts.ts";
import type { CreateRequest } from "./request.ts";
import { change, type SpecOpt } from "./specDraft.ts";

export const ALL = "ALL";

export type Normalized =
  | { readonly names: readonly string[]; readonly error?: undefined }
  | { readonly names?: undefined; readonly error: string };

/** In upper case and with `CAP_` in front; `ALL` stays a word. Refuses names that dockerd does not know or cannot give. */
export function normalizeLegacyCapabilities(
  requested: readonly string[],
  { knownCapabilities, allCapabilities }: Facts,
): Normalized {
  const names: string[] = [];
  for (const written of requested) {
    const name = normalized(written);
    if (name !== ALL && !knownCapabilities.includes(name)) {
      return { error: `unknown capability: ${goQuote(name)}` };
    }
    // A daemon without any capability takes it that it could not find them out.
    if (name !== ALL && allCapabilities.length > 0 && !allCapabilities.includes(name)) {
      return {
        error: `capability not supported by your kernel or not available in the current environment: ${goQuote(name)}`,
      };
    }
    names.push(name);
  }
  return { names };
}

export function normalized(written: string): string {
  const name = written.toUpperCase();
  return name === ALL || name.startsWith("CAP_") ? name : `CAP_${name}`;
}

function tweakCapabilities(request: CreateRequest, facts: Facts): readonly string[] {
  if (request.privileged) return facts.allCapabilities;
  const { names: add = [] } = normalizeLegacyCapabilities(request.capAdd, facts);
  const { names: drop = [] } = normalizeLegacyCapabilities(request.capDrop, facts);
  return tweaked({ add, drop }, facts.allCapabilities);
}

/**
 * What normalized names make of the default set. Added wins over dropped, `ALL` too; what is added stands last, also what
 * was there before.
 */
export function tweaked(
  { add, drop }: { readonly add: readonly string[]; readonly drop: readonly string[] },
  all: readonly string[],
): readonly string[] {
  const isKept = (name: string) => !drop.includes(name);
  if (add.includes(ALL)) return all.filter(isKept);
  return drop.includes(ALL) ? add : [...DOCKER_CAPABILITIES.filter(isKept), ...add];
}

export function withCapabilities(request: CreateRequest, facts: Facts): SpecOpt {
  return change(({ process }) => {
    const bounding = tweakCapabilities(request, facts);
    const isEmptied = facts.release.userDecidesCapabilities && process.user.uid !== 0;
    const held = isEmptied ? [] : bounding;
    process.capabilities = { bounding, effective: held, permitted: held };
  });
}
