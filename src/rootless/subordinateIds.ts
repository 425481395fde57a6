// The ids that /etc/subuid and /etc/subgid give to an ordinary user, and the maps that a user namespace gets of them.

export interface Range {
  readonly first: number;
  readonly count: number;
}

export interface User {
  readonly name: string;
  readonly id: number;
}

/**
 * @param text of /etc/subuid or /etc/subgid: `name:first:count`, a number may stand for the name
 * @see shadow 4.13 man subuid(5)
 */
export function rangesOf(text: string, { name, id }: User): Range[] {
  return allRanges(text)
    .filter(({ owner }) => owner === name || owner === String(id))
    .map(({ first, count }) => ({ first, count }));
}

function allRanges(text: string): (Range & { readonly owner: string })[] {
  return [...text.matchAll(/^([^:\n]+):(\d+):(\d+)\s*$/gm)]
    .map(([, owner = "", first, count]) => ({ owner, first: Number(first), count: Number(count) }))
    .filter(({ count }) => count > 0);
}

/** The first range that nobody has: usermod's words want it. @param texts of both files */
export function freeRange(texts: readonly string[]): Range {
  const ends = texts.flatMap(allRanges).map(({ first, count }) => first + count);
  return { first: Math.max(100_000, ...ends), count: 65_536 };
}

/** What newuidmap is told: the user becomes 0, and its ranges follow from 1 on. */
export function mapWords(own: number, ranges: readonly Range[]): string[] {
  const words = ["0", String(own), "1"];
  let inside = 1;
  for (const { first, count } of ranges) {
    words.push(String(inside), String(first), String(count));
    inside += count;
  }
  return words;
}
