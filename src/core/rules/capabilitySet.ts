// Sets of capabilities as the kernel keeps and prints them: one bit each, 16 hex digits.
import { CAPABILITIES } from "../tables/capabilities.ts";

/** The bit of a CAP_ name; undefined for a name that the kernel does not know. */
export function capabilityBit(name: string): number | undefined {
  const bit = CAPABILITIES.indexOf(name);
  return bit === -1 ? undefined : bit;
}

/** The mask of the known names; unknown ones count nothing. */
export function toMask(names: readonly string[]): bigint {
  let mask = 0n;
  for (const name of names) {
    const bit = capabilityBit(name);
    if (bit !== undefined) mask |= 1n << BigInt(bit);
  }
  return mask;
}

/** The names in a mask, in the order of the bits. */
export function fromMask(mask: bigint): string[] {
  return CAPABILITIES.filter((_, bit) => (mask >> BigInt(bit)) & 1n);
}

/** As /proc/PID/status prints it: `00000000a80425fb`. */
export function toHex(mask: bigint): string {
  return mask.toString(16).padStart(16, "0");
}
