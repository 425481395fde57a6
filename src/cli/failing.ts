// `--fail-on`: what makes the command fail, in words that are held against what there is.
import type { CheckFinding } from "../core/answers/checked.ts";
import { DEFAULT_FAIL_ON, failsOn, SEVERITIES } from "../core/answers/suppress/failOn.ts";
import type { Matches } from "../core/answers/suppress/suppressor.ts";
import { meantFinding, unknownFinding } from "../core/answers/unknownFinding.ts";
import { didYouMean } from "../core/rules/nearWord.ts";
import type { OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";

const WORDS: readonly string[] = [...SEVERITIES, "never"];

/** @throws UsageError for what is neither a severity nor a finding's id */
export async function failing({ failOn }: OptionValues): Promise<(one: CheckFinding) => boolean> {
  const told: readonly string[] = Array.isArray(failOn) ? failOn : DEFAULT_FAIL_ON;
  const words = told.flatMap((word) => word.split(",").map((part) => part.trim()));
  const unknown = words.filter((word) => !WORDS.includes(word) && !/[.*]/.test(word));
  if (unknown.length > 0) {
    const [word = ""] = unknown;
    const meant = didYouMean(word, WORDS) || meantFinding(word);
    throw new UsageError(
      `--fail-on ${unknown[0]}: write ${WORDS.join(", ")}, or a finding's id as check prints it${meant}`,
    );
  }
  const isPlain = words.every((word) => WORDS.includes(word));
  const matches = isPlain ? () => false : (await import("./config/patterns.ts")).matches;
  for (const word of words) if (!WORDS.includes(word)) checkIsKnown(word, matches);
  return failsOn(words, matches);
}

/** A typo would let everything pass. @throws UsageError */
function checkIsKnown(word: string, matches: Matches): void {
  const unknown = unknownFinding(word, matches);
  if (unknown !== undefined) throw new UsageError(`--fail-on ${word}: ${unknown}`);
}
