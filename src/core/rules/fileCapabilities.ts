// File capabilities: the text that setcap and getcap use, and the sets that it stands for.
// @see libcap 2.66 cap_from_text(3)

import { CAPABILITIES } from "../tables/capabilities.ts";
import { toMask } from "./capabilitySet.ts";

export interface FileCapabilities {
  readonly permitted: bigint;
  readonly inheritable: bigint;
  /** One bit for the whole file. */
  readonly effective: boolean;
}

const CLAUSE = /^([a-z0-9_,]*)((?:[=+-][eip]*)+)$/i;

/** Reads clauses such as `cap_chown,cap_kill+ep` and `=ep`; undefined for text that libcap refuses. */
export function parseFileCapabilities(text: string): FileCapabilities | undefined {
  const sets = { e: 0n, i: 0n, p: 0n };
  for (const clause of text.trim().split(/\s+/)) {
    const match = CLAUSE.exec(clause);
    if (match === null) return undefined;
    const [, names = "", operations = ""] = match;
    const mask = maskOf(names.toLowerCase());
    if (mask === undefined || (names === "" && !operations.startsWith("="))) return undefined;
    for (const [, operator, flags = ""] of operations.matchAll(/([=+-])([eip]*)/gi)) {
      for (const flag of ["e", "i", "p"] as const) {
        const named = flags.toLowerCase().includes(flag);
        if (operator === "=") sets[flag] = named ? sets[flag] | mask : sets[flag] & ~mask;
        else if (named && operator === "+") sets[flag] |= mask;
        else if (named) sets[flag] &= ~mask;
      }
    }
  }
  return { permitted: sets.p, inheritable: sets.i, effective: sets.e !== 0n };
}

function maskOf(names: string): bigint | undefined {
  if (names === "" || names === "all") return toMask(CAPABILITIES);
  const wanted = names.split(",").map((name) => name.toUpperCase());
  return wanted.every((name) => CAPABILITIES.includes(name)) ? toMask(wanted) : undefined;
}
