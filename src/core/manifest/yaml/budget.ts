// How much a document may cost: a few lines of aliases can stand for billions of values.
import { YamlError, yamlError } from "./yamlError.ts";

export interface Limits {
  /** Collections inside each other. go-yaml takes 10 000. */
  readonly depth: number;
  /** Values and keys written in one document. */
  readonly values: number;
  /** Length of the JSON that its aliases may stand for, in characters. */
  readonly expansion: number;
}

export const DEFAULT_LIMITS: Limits = {
  depth: 10_000,
  values: 500_000,
  expansion: 32 * 1024 * 1024,
};

export interface Budget {
  readonly limits: Limits;
  /** Written so far. */
  values: number;
  /** Decoded so far, aliases followed: go-yaml's count. */
  operations: number;
  /** Of these, behind an alias. */
  aliased: number;
  expansion: number;
}

/** `decode.go` scales the share of aliases from 99 % in small documents down to 10 % in large ones. */
const LOW = 400_000;
const HIGH = 4_000_000;

function allowedAliasRatio(operations: number): number {
  if (operations <= LOW) return 0.99;
  if (operations >= HIGH) return 0.1;
  return 0.99 - 0.89 * ((operations - LOW) / (HIGH - LOW));
}

/** Counts one decoded value that is written here. @see go.yaml.in/yaml v2.4.4 decode.go unmarshal */
export function spend(budget: Budget, offset: number): void {
  budget.operations += 1;
  if (budget.aliased > 100) checkRatio(budget, offset);
}

/** Counts what an alias stands for. */
export function spendAlias(
  budget: Budget,
  target: { readonly operations: number; readonly size: number },
  offset: number,
): void {
  budget.operations += 1 + target.operations;
  budget.aliased += target.operations;
  checkRatio(budget, offset);
  budget.expansion += target.size;
  if (budget.expansion > budget.limits.expansion) {
    const limit = budget.limits.expansion;
    throw new YamlError(`aliases stand for more than ${limit} characters of JSON`, offset);
  }
}

function checkRatio({ operations, aliased }: Budget, offset: number): void {
  if (aliased <= 100 || operations <= 1_000) return;
  if (aliased / operations > allowedAliasRatio(operations)) {
    throw yamlError("document contains excessive aliasing", offset);
  }
}
