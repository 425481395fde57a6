// Where the kernel let a container do what was predicted to be refused, or the other way round.
import type { ObservedDifference } from "./compare.ts";

/** An attempt that could not be made, or that told nothing, is not compared. */
export function compareTries(
  tries: readonly {
    readonly what: string;
    readonly predicted: boolean;
    readonly allowed: boolean | null;
  }[],
): ObservedDifference[] {
  return tries
    .filter(({ predicted, allowed }) => allowed !== null && allowed !== predicted)
    .map(({ what, predicted, allowed }) => ({
      field: `tries.${what}`,
      predicted,
      observed: allowed,
    }));
}
