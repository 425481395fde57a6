// Which findings make `check` fail: from a severity on, by id, or none.
import type { Severity } from "../../model/finding.ts";
import type { CheckFinding, CheckReport } from "../checked.ts";
import type { Matches } from "./suppressor.ts";

export const SEVERITIES: readonly Severity[] = ["refusal", "warning", "note"];
export const DEFAULT_FAIL_ON: readonly string[] = ["warning"];

/** `refusal`, `warning`, `note`: that severity and worse; `never`; anything else is an id or a pattern of ids. */
export function failsOn(
  words: readonly string[],
  matches: Matches,
): (one: CheckFinding) => boolean {
  const severities = new Set<Severity>();
  const ids: string[] = [];
  for (const word of words) {
    const upTo = SEVERITIES.slice(0, SEVERITIES.indexOf(word as Severity) + 1);
    for (const severity of upTo) severities.add(severity);
    if (upTo.length === 0 && word !== "never") ids.push(word);
  }
  return ({ severity, id, suppressed }) =>
    suppressed === undefined && (severities.has(severity) || ids.some((one) => matches(one, id)));
}

export function isFailure({ pods }: CheckReport, fails: (one: CheckFinding) => boolean): boolean {
  return pods.some(({ findings }) => findings.some(fails));
}
