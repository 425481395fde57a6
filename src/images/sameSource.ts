// Two spellings of one image of one place: what `--image REF=oci:PATH` found there, and `oci:PATH:REF`.
import { InvalidReference, normalizedReference } from "./reference.ts";

export interface UsedSource {
  /** As it was written, or the place with the reference that was looked for there, normalized, behind a blank. */
  readonly source: string;
  readonly digest: string;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
}

/** Each image of a place once, with its last use; the one used last first. */
export function withoutDoubles(sources: readonly UsedSource[]): UsedSource[] {
  const found: UsedSource[] = [];
  const newest = sources.toSorted((a, b) => b.lastUsed - a.lastUsed);
  for (const one of newest) {
    const at = found.findIndex((other) => isSame(one, other) || isSame(other, one));
    const before = found[at];
    if (before === undefined) found.push(one);
    // The spelling that can be written as a source is shown.
    else if (isSame(before, one)) found[at] = { ...one, lastUsed: before.lastUsed };
  }
  return found;
}

/** Did the first look in a place for what the second names there? */
function isSame(looked: UsedSource, named: UsedSource): boolean {
  const [, place, wanted] = /^(.*) (\S+)$/.exec(looked.source) ?? [];
  if (place === undefined || looked.digest !== named.digest) return false;
  if (!named.source.startsWith(`${place}:`)) return false;
  try {
    return normalizedReference(named.source.slice(place.length + 1)) === wanted;
  } catch (error) {
    if (error instanceof InvalidReference) return false;
    throw error;
  }
}
