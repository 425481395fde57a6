// What is known of a document while its values are decoded.
import type { FieldPath } from "../../model/finding.ts";
import type { JsonValue } from "../../model/json.ts";
import type { Budget, Limits } from "./budget.ts";
import type { YamlNode } from "./node.ts";
import type { YamlError } from "./yamlError.ts";

export interface DuplicateKey {
  /** From the document's root, the key included. */
  readonly path: FieldPath;
  /** Where the later key stands. */
  readonly start: number;
  readonly end: number;
  /** Where its value stands: go-yaml's strict decoder names that line. */
  readonly value: number;
  /** Not written twice, but laid over each other by `<<`. */
  readonly merged: boolean;
}

export interface Decoder extends Budget {
  readonly duplicates: DuplicateKey[];
  /** Looks for an earlier key so far; each costs a look over its mapping. */
  searches: number;
  /** The first one; an error of the grammar further down comes before it. */
  failure: YamlError | undefined;
  /** Objects with a key that JSON has no form for: no error where a later value replaces them. */
  readonly flaws: Map<JsonValue, YamlError>;
  /** Somewhere stands a number that JSON has no form for. */
  infinite: YamlNode | undefined;
}

export function newDecoder(limits: Limits): Decoder {
  return {
    limits,
    values: 0,
    operations: 1,
    aliased: 0,
    expansion: 0,
    duplicates: [],
    searches: 0,
    failure: undefined,
    flaws: new Map(),
    infinite: undefined,
  };
}
