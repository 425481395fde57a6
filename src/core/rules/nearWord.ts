// Which known word was meant by one that nobody knows: only where a slip of the fingers lies between them.

/** Longer words are no field of anything. */
const LONGEST = 64;

/** The nearest of the known words; undefined where none is near. Upper and lower case make no difference. */
export function nearWord(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  const lower = word.toLowerCase();
  let nearest: string | undefined;
  let least = slipsIn(word) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const slips = distance(lower, candidate.toLowerCase());
    if (slips >= least) continue;
    nearest = candidate;
    least = slips;
  }
  return nearest;
}

/** `; did you mean level?`; empty where nothing is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const meant = nearWord(word, known);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}

/** As many as a word of this length may hold and still be the same: `evn` one, `allowPrivelegeEscalaton` three. */
function slipsIn({ length }: string): number {
  if (length < 3) return 0;
  return length < 7 ? 1 : length < 12 ? 2 : 3;
}

/** Letters left out, put in, exchanged, or swapped with their neighbour (optimal string alignment). */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      let best = Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const isSwapped =
        i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next.push(best);
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
