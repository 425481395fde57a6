// The ids in exemptions, held against the findings that there are: a typo would accept nothing, and nobody would know.
import { unknownFinding } from "../../core/answers/unknownFinding.ts";
import { UsageError } from "../errors.ts";
import type { Config } from "./config.ts";
import { matches } from "./patterns.ts";

/** @throws UsageError with a line per mistake */
export function checkExemptions({ exemptions }: Config): void {
  const mistakes = exemptions.flatMap(({ checks, at }, index) =>
    checks.flatMap((check) => {
      const unknown = unknownFinding(check, matches);
      return unknown === undefined
        ? []
        : [`${at}: exemptions[${index}].check ${check}: ${unknown}`];
    }),
  );
  if (mistakes.length > 0) throw new UsageError(mistakes.join("\n"));
}
