// Which item of a list becomes which of another: what is in both stays, however it is spelled, and the rest takes its place.
import type { JsonValue } from "../../model/json.ts";
import { nearWord } from "../../rules/nearWord.ts";
import { sameJson } from "../../rules/sameJson.ts";

/** What becomes of an item, and what comes right before and behind it. */
export interface Step {
  readonly removed: boolean;
  readonly becomes?: JsonValue;
  readonly leaders: readonly JsonValue[];
  readonly followers: readonly JsonValue[];
}

/** Above, what is common is searched for from the beginning only. */
const LONG = 200;

/** A step for each item of `from`, of which there must be one. As many objects: each in its place. */
export function align(from: readonly JsonValue[], to: readonly JsonValue[]): Step[] {
  const areWords = [...from, ...to].every((item) => typeof item === "string");
  const inPlace = from.length === to.length && (!areWords || from.length > LONG);
  if (inPlace) return to.map((becomes) => ({ ...NOTHING, becomes }));
  const steps: Step[] = [];
  let [at, next] = [0, 0];
  let waiting: readonly JsonValue[] = [];
  for (const [old, now] of [...commonOf(from, to), [from.length, to.length] as const]) {
    const more = to.slice(next, now);
    for (; at < old; at += 1) {
      const becomes = more.shift();
      steps.push(becomes === undefined ? { ...NOTHING, removed: true } : { ...NOTHING, becomes });
    }
    const last = steps.at(-1);
    if (last === undefined) waiting = more;
    else steps[steps.length - 1] = { ...last, followers: more };
    if (old === from.length) break;
    steps.push({ ...NOTHING, becomes: to[now] ?? null, leaders: waiting });
    waiting = [];
    [at, next] = [old + 1, now + 1];
  }
  return steps;
}

const NOTHING: Step = { removed: false, leaders: [], followers: [] };

/** Pairs of places, in order: as much as can be. */
function commonOf(
  from: readonly JsonValue[],
  to: readonly JsonValue[],
): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  const isLong = from.length > LONG || to.length > LONG;
  const worth = isLong ? undefined : worthOf(from, to);
  let [old, now] = [0, 0];
  while (old < from.length && now < to.length) {
    const alike = alikeness(from[old] ?? null, to[now] ?? null);
    const here = worth?.[old]?.[now] ?? alike;
    if (alike > 0 && here === alike + (worth?.[old + 1]?.[now + 1] ?? 0)) {
      pairs.push([old, now]);
      [old, now] = [old + 1, now + 1];
    } else if (here === (worth?.[old + 1]?.[now] ?? here)) old += 1;
    else now += 1;
  }
  return pairs;
}

/** How much is common from each pair of places on. */
function worthOf(from: readonly JsonValue[], to: readonly JsonValue[]): number[][] {
  const worth = Array.from({ length: from.length + 1 }, () =>
    Array.from({ length: to.length + 1 }, () => 0),
  );
  for (let old = from.length - 1; old >= 0; old -= 1) {
    for (let now = to.length - 1; now >= 0; now -= 1) {
      const row = worth[old] ?? [];
      const below = worth[old + 1] ?? [];
      const alike = alikeness(from[old] ?? null, to[now] ?? null);
      const both = alike === 0 ? 0 : (below[now + 1] ?? 0) + alike;
      row[now] = Math.max(both, below[now] ?? 0, row[now + 1] ?? 0);
    }
  }
  return worth;
}

/** What is the same stays rather than what is only spelled otherwise. */
function alikeness(old: JsonValue, now: JsonValue): number {
  if (sameJson(old, now)) return 3;
  return isRespelled(old, now) ? 2 : 0;
}

/** The same word: `CAP_CHOWN` and `CHOWN`, `all` and `ALL`. */
export function isRespelled(old: JsonValue, now: JsonValue): boolean {
  if (typeof old !== "string" || typeof now !== "string") return false;
  return old.toLowerCase().endsWith(now.toLowerCase()) || nearWord(old, [now]) !== undefined;
}
