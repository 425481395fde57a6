// Whether an id that a person wrote (a comment, an exemption, --fail-on) is one of any finding: a typo would do nothing, unseen.
import { nearWord } from "../rules/nearWord.ts";
import { FINDING_IDS } from "./findingIds.ts";
import type { Matches } from "./suppress/suppressor.ts";

/** The API server's refusals are called after any field. */
const ANY_FIELD = "apiserver.";

/** `there is no such finding; did you mean risk.groupZero?`; undefined where there is one. @param id or a pattern of ids */
export function unknownFinding(id: string, matches: Matches): string | undefined {
  if (id.startsWith(ANY_FIELD) || FINDING_IDS.some((known) => matches(id, known))) return undefined;
  return `there is no such finding${meantFinding(id)}`;
}

/** `; did you mean risk.groupZero?`; empty where nothing is near. */
export function meantFinding(id: string): string {
  // Several stages may judge a field.
  const short = [...new Set(FINDING_IDS)].filter((known) => known.endsWith(`.${id}`));
  const meant = short.length === 0 ? nearWord(id, FINDING_IDS) : short.join(" or ");
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}
