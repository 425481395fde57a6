// What a finding's id is about, in a few words: the risk's own title, the check's field, or the step that speaks.
import { RISKS } from "../../core/answers/risks.ts";

const RISK_TITLES: ReadonlyMap<string, string> = new Map(RISKS.map(({ id, title }) => [id, title]));

/** Never empty. */
export function titleOf(id: string): string {
  const title = RISK_TITLES.get(id);
  if (title !== undefined) return title;
  const [stage = "", what = ""] = id.split(".");
  return stage === "podsecurity" ? `Pod Security Standards: ${what}` : `${stage}: ${what}`;
}

const MENDS: ReadonlyMap<string, string> = new Map(RISKS.map(({ id, mend }) => [id, mend]));

/** How to mend it, where the program's own words do not say so. */
export function mendOf(id: string): string | undefined {
  return MENDS.get(id);
}

const WHYS: ReadonlyMap<string, string> = new Map(RISKS.map(({ id, why }) => [id, why]));

/** Why it matters. */
export function whyOf(id: string): string | undefined {
  return WHYS.get(id);
}
