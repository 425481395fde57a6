// Capabilities of a container: the default set, what the request adds and drops, and everything for privileged ones.
// @see containerd v2.1.9 internal/cri/opts/spec_opts.go WithCapabilities; pkg/oci/spec_opts.go
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { change, type SpecOpt } from "./specDraft.ts";

const SETS = ["bounding", "effective", "permitted"] as const;

export function withCapabilities(
  { capabilities }: CriSecurityContext,
  allCaps: readonly string[],
): SpecOpt {
  if (capabilities === undefined) return change(() => {});
  const { add_capabilities: add, drop_capabilities: drop } = capabilities;
  return change(({ process }) => {
    for (const set of SETS) {
      process.capabilities[set] = capabilitySet(process.capabilities[set], { add, drop }, allCaps);
    }
  });
}

/**
 * What a request makes of a set. Names are not looked at: "CAP_" is put in front of the upper case, whatever comes out.
 * Drop wins over add of the same name; `ALL` (in any case) replaces the whole set, and drop's ALL comes after add's.
 */
export function capabilitySet(
  before: readonly string[],
  { add, drop }: { readonly add: readonly string[]; readonly drop: readonly string[] },
  allCaps: readonly string[],
): string[] {
  const begun = add.some(isAll) ? allCaps : before;
  const kept = drop.some(isAll) ? [] : begun;
  return withDroppedCapabilities(withAddedCapabilities(kept, namesOf(add)), namesOf(drop));
}

export function setCapabilities(names: readonly string[]): SpecOpt {
  return change(({ process }) => {
    for (const set of SETS) process.capabilities[set] = [...names];
  });
}

function withAddedCapabilities(set: readonly string[], names: readonly string[]): string[] {
  const all = [...set];
  for (const name of names) if (!all.includes(name)) all.push(name);
  return all;
}

function withDroppedCapabilities(set: readonly string[], names: readonly string[]): string[] {
  return set.filter((name) => !names.includes(name));
}

export function isAll(name: string): boolean {
  return name.toUpperCase() === "ALL";
}

/** What a name of the request becomes in the spec. */
export function specName(name: string): string {
  return `CAP_${name.toUpperCase()}`;
}

function namesOf(requested: readonly string[]): string[] {
  return requested.filter((name) => !isAll(name)).map(specName);
}
