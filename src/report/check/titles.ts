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
