// When an indexed Job has succeeded before all of its pods have.
// @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go validateSuccessPolicy
import type { SuccessPolicy, SuccessPolicyRule } from "../../../model/workload.ts";
import { goJsonString } from "../../../rules/goJson.ts";
import { utf8Length } from "../../../rules/goStrings.ts";
import { goQuote } from "../../../rules/goText.ts";
import { atoi } from "../../../rules/passwd.ts";
import {
  type FieldErrors,
  invalid,
  nonnegative,
  required,
  tooLong,
  tooMany,
} from "../../fieldError.ts";
import { child, indexed, type Path } from "../../path.ts";

const MOST_RULES = 20;
const LONGEST_INDEXES = 64 * 1024;

export function validateSuccessPolicy(
  errors: FieldErrors,
  path: Path,
  { rules = [] }: SuccessPolicy,
  completions: number,
): void {
  const rulesPath = child(path, "rules");
  if (rules.length === 0) {
    const detail = "at least one rules must be specified when the successPolicy is specified";
    required(errors, rulesPath, detail);
  }
  if (rules.length > MOST_RULES) tooMany(errors, rulesPath, rules.length, MOST_RULES);
  rules.forEach((rule, index) => {
    validateRule(errors, indexed(rulesPath, index), rule, completions);
  });
}

function validateRule(
  errors: FieldErrors,
  path: Path,
  { succeededCount: count, succeededIndexes: indexes }: SuccessPolicyRule,
  completions: number,
): void {
  if (count === undefined && indexes === undefined) {
    required(errors, path, "at least one of succeededCount or succeededIndexes must be specified");
  }
  let total = 0;
  if (indexes !== undefined) {
    const at = child(path, "succeededIndexes");
    if (utf8Length(indexes) > LONGEST_INDEXES) tooLong(errors, at, LONGEST_INDEXES);
    const counted = countIndexes(indexes, completions);
    if (typeof counted === "number") total = counted;
    else invalid(errors, at, goQuote(indexes), `error parsing succeededIndexes: ${counted}`);
  }
  if (count === undefined) return;
  const at = child(path, "succeededCount");
  const refuse = (most: number, called: string): void =>
    invalid(errors, at, String(count), `must be less than or equal to ${most} (${called})`);
  nonnegative(errors, at, count);
  if (count > completions) refuse(completions, "the number of specified completions");
  if (indexes !== undefined && count > total) {
    refuse(total, "the number of indexes in the specified succeededIndexes field");
  }
}

/** How many indexes `1,3-5` has, or what is wrong with it. @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go validateIndexesFormat */
function countIndexes(text: string, completions: number): number | string {
  if (text === "") return 0;
  let total = 0;
  let last: number | undefined;
  for (const part of text.split(",")) {
    const interval = readInterval(part, completions);
    if (typeof interval === "string") return interval;
    const [first, end] = interval;
    if (last !== undefined && last >= first) return nonIncreasing(last, first);
    total += end - first + 1;
    last = end;
  }
  return total;
}

function readInterval(text: string, completions: number): readonly [number, number] | string {
  const limits = text.split("-");
  if (limits.length > 2) {
    return `the fragment ${goQuote(text)} violates the requirement that an index interval can have at most two parts separated by '-'`;
  }
  const read: number[] = [];
  for (const limit of limits) {
    const index = atoi(limit);
    if (index === undefined || index === "range") {
      return `cannot convert string to integer for index: ${goQuote(limit)}`;
    }
    if (index >= completions) return `too large index: ${goQuote(limit)}`;
    read.push(Number(index));
  }
  const [first = 0, end = first] = read;
  return limits.length > 1 && first >= end ? nonIncreasing(first, end) : [first, end];
}

function nonIncreasing(previous: number, current: number): string {
  return `non-increasing order, previous: ${previous}, current: ${current}`;
}

/** Go's JSON of the policy inside the server. */
export function successPolicyJson({ rules }: SuccessPolicy): string {
  const shown = rules?.map(({ succeededIndexes: indexes, succeededCount }) => {
    const text = indexes === undefined ? "null" : goJsonString(indexes);
    return `{"SucceededIndexes":${text},"SucceededCount":${succeededCount ?? "null"}}`;
  });
  return `{"Rules":${shown === undefined ? "null" : `[${shown.join(",")}]`}}`;
}
