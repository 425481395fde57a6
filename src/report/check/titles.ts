// What a finding's id is about, in a few words: the risk's or upgrade's own title, the check's field, or the page's; of a field without a page the step that speaks.
import { RISKS } from "../../core/answers/risks.ts";
import { STAGE_TITLES } from "../../core/answers/stageTitles.ts";
import { UPGRADES } from "../../core/answers/upgrades.ts";

const OWN = [...RISKS, ...UPGRADES];

const TITLES: ReadonlyMap<string, string> = new Map(OWN.map(({ id, title }) => [id, title]));

/** Never empty. */
export function titleOf(id: string): string {
  const title = TITLES.get(id) ?? STAGE_TITLES[id];
  if (title !== undefined) return title;
  const [stage = "", what = ""] = id.split(".");
  return `${stage}: ${what}`;
}

/** Which uid a program can run as no edit knows by itself. */
const ASKED = [
  "podsecurity.runAsNonRoot",
  "runAsNonRoot: true; where the program is told to be root, it needs a uid (secctx fix --run-as-user), on Windows another runAsUserName",
] as const;

const MENDS: ReadonlyMap<string, string> = new Map([
  ...OWN.map(({ id, mend }) => [id, mend] as const),
  ASKED,
]);

/** How to mend it, where the program's own words do not say so. */
export function mendOf(id: string): string | undefined {
  return MENDS.get(id);
}

const WHYS: ReadonlyMap<string, string> = new Map(OWN.map(({ id, why }) => [id, why]));

/** Why it matters. */
export function whyOf(id: string): string | undefined {
  return WHYS.get(id);
}
