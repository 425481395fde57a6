// Questions that were asked before: pods of the same shape are alike to a runtime, which never hears their names.
import { writeJson } from "../rules/json.ts";

/** Answers by what was asked, in one world. */
export type Memo<Answer> = Map<string, Answer>;

/** The answer to the same question before, else that of `make`. Without a memo nothing is remembered. */
export function askedOnce<Answer>(
  memo: Memo<Answer> | undefined,
  asked: unknown,
  make: () => Answer,
): Answer {
  if (memo === undefined) return make();
  const key = keyOf(asked);
  const known = memo.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  memo.set(key, fresh);
  return fresh;
}

function keyOf(asked: unknown): string {
  try {
    return JSON.stringify(asked);
  } catch {
    // Integers beyond 2^53: few pods have any, and this takes longer.
    return writeJson(asked);
  }
}
