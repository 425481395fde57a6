// Capabilities of a container: the default set, what the request adds and drops, and everything for privileged ones.
// @see containerd v2.1.9 internal/cri/opts/spec_opts.go WithCapabilities; pkg/oci/spec_opts.go
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { applyOpts, change, type SpecOpt } from "./specDraft.ts";

const SETS = ["bounding", "effective", "permitted"] as const;

/**
 * Names are not looked at: "CAP_" is put in front of the upper case, whatever comes out. Drop wins over add of the same
 * name; `ALL` (in any case) replaces the whole set, and drop's ALL comes after add's.
 */
export function withCapabilities(
  { capabilities }: CriSecurityContext,
  allCaps: readonly string[],
): SpecOpt {
  if (capabilities === undefined) return change(() => {});
  const { add_capabilities: add, drop_capabilities: drop } = capabilities;
  const opts: SpecOpt[] = [];
  if (add.some(isAll)) opts.push(setCapabilities(allCaps));
  if (drop.some(isAll)) opts.push(setCapabilities([]));
  opts.push(withAddedCapabilities(namesOf(add)), withDroppedCapabilities(namesOf(drop)));
  return (draft) => applyOpts(draft, opts);
}

export function setCapabilities(names: readonly string[]): SpecOpt {
  return change(({ process }) => {
    for (const set of SETS) process.capabilities[set] = [...names];
  });
}

function withAddedCapabilities(names: readonly string[]): SpecOpt {
  return change(({ process }) => {
    for (const set of SETS) {
      for (const name of names) {
        if (!process.capabilities[set].includes(name)) process.capabilities[set].push(name);
      }
    }
  });
}

function withDroppedCapabilities(names: readonly string[]): SpecOpt {
  return change(({ process }) => {
    for (const set of SETS) {
      process.capabilities[set] = process.capabilities[set].filter((name) => !names.includes(name));
    }
  });
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
