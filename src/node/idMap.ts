// Which ids a process of this user namespace can have: all, or those that its user was given.
import { textIfThere } from "./ifThere.ts";

/** `count` ids from `first` on, as they are called inside. */
export interface IdRange {
  readonly first: number;
  readonly count: number;
}

export interface IdMap {
  readonly uids: readonly IdRange[];
  readonly gids: readonly IdRange[];
}

/** The host's own user namespace has them all. */
const ALL_IDS = 4_294_967_295;

/**
 * @param root another root directory than `/`, for tests
 * @returns undefined in the host's own user namespace
 */
export function ownIdMap(root = ""): IdMap | undefined {
  const uids = idRanges(textIfThere(`${root}/proc/self/uid_map`));
  const gids = idRanges(textIfThere(`${root}/proc/self/gid_map`));
  const isHost = uids.length === 0 || uids.some(({ count }) => count >= ALL_IDS);
  return isHost ? undefined : { uids, gids };
}

/** The lines of uid_map, in order of their ids; ranges that follow on one another are one. */
export function idRanges(text: string): IdRange[] {
  const ranges: IdRange[] = [];
  const lines = [...text.matchAll(/^\s*(\d+)\s+\d+\s+(\d+)$/gm)].map(([, first, count]) => ({
    first: Number(first),
    count: Number(count),
  }));
  for (const { first, count } of lines.sort((a, b) => a.first - b.first)) {
    const last = ranges.at(-1);
    if (last === undefined || last.first + last.count !== first) ranges.push({ first, count });
    else ranges[ranges.length - 1] = { first: last.first, count: last.count + count };
  }
  return ranges;
}

export function hasId(ranges: readonly IdRange[], id: number): boolean {
  return ranges.some(({ first, count }) => id >= first && id < first + count);
}

/** `0 to 65536`, `0 to 999 and 5000`. */
export function rangesText(ranges: readonly IdRange[]): string {
  return ranges
    .map(({ first, count }) => (count === 1 ? String(first) : `${first} to ${first + count - 1}`))
    .join(" and ");
}
