// Sets of capabilities as the kernel keeps and prints them: one bit each, 16 hex digits.
import { CAPABILITIES } from "../tables/capabilities.ts";

const BITS: ReadonlyMap<string, number> = new Map(CAPABILITIES.map((name, bit) => [name, bit]));

/** The bit of a CAP_ name; undefined for a name that the kernel does not know. */
export function capabilityBit(name: string): number | undefined {
  return BITS.get(name);
}

/** The mask of the known names; unknown ones count nothing. */
export function toMask(names: readonly string[]): bigint {
  // Summed up as two 32-bit halves: a bigint per name costs more than all the rest of a walk.
  let low = 0;
  let high = 0;
  for (const name of names) {
    const bit = BITS.get(name);
    if (bit === undefined) continue;
    if (bit < 32) low |= 1 << bit;
    else high |= 1 << (bit - 32);
  }
  // All bits together fit into a number.
  return BigInt((high >>> 0) * 2 ** 32 + (low >>> 0));
}

/** The names in a mask, in the order of the bits. */
export function fromMask(mask: bigint): string[] {
  return CAPABILITIES.filter((_, bit) => (mask >> BigInt(bit)) & 1n);
}

/** As /proc/PID/status prints it: `00000000a80425fb`. */
export function toHex(mask: bigint): string {
  return mask.toString(16).padStart(16, "0");
}
