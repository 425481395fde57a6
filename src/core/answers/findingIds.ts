// The id of every finding that has a page, for whoever names one.
import { CHECKS } from "../podsecurity/checks.ts";
import { RISKS } from "./risks.ts";
import { STAGE_TITLES } from "./stageTitles.ts";
import { UPGRADES } from "./upgrades.ts";

export const FINDING_IDS: readonly string[] = [
  ...Object.keys(STAGE_TITLES),
  ...CHECKS.map(({ id }) => `podsecurity.${id}`),
  ...[...RISKS, ...UPGRADES].map(({ id }) => id),
];
