// The ids in exemptions, held against the findings that there are: a typo would accept nothing, and nobody would know.
import { FINDING_IDS } from "../../core/answers/findingIds.ts";
import { UsageError } from "../errors.ts";
import type { Config } from "./config.ts";
import { matches } from "./patterns.ts";
import { suggestion } from "./schemaErrors.ts";

/** The API server's refusals are called after any field. */
const ANY_FIELD = "apiserver.";

/** @throws UsageError with a line per mistake */
export function checkExemptions({ exemptions }: Config): void {
  const mistakes = exemptions.flatMap(({ checks, at }, index) =>
    checks
      .filter((check) => !isKnown(check))
      .map((check) => {
        const meant = suggestion(check, FINDING_IDS);
        return `${at}: exemptions[${index}].check ${check}: there is no such finding${meant}`;
      }),
  );
  if (mistakes.length > 0) throw new UsageError(mistakes.join("\n"));
}

function isKnown(check: string): boolean {
  return check.startsWith(ANY_FIELD) || FINDING_IDS.some((id) => matches(check, id));
}
