// What a step of the kubelet comes to: its result, or the words with which the kubelet refuses to go on.
import type { FieldName } from "../fields/card.ts";
import type { FieldPath } from "../model/finding.ts";
import type { Setting, Source } from "../model/setting.ts";

/** `path` is relative to the pod: the place whose change would help. */
export interface Refusal {
  readonly refusal: string;
  /** The step that refuses, by upstream's name. */
  readonly gate: string;
  readonly field?: FieldName;
  readonly path: FieldPath;
}

export function isRefusal(outcome: object | undefined): outcome is Refusal {
  return outcome !== undefined && "refusal" in outcome;
}

/** Told of every field of a CRI message when provenance is asked for; `at` is relative to the message. */
export type Tracer = (field: FieldName, at: string, setting: Setting<unknown>) => void;

/** Nobody wrote it: the kubelet's own value. */
export const KUBELET_DEFAULT: Source = { kind: "default", by: "kubelet" };

export function byDefault<T>(value: T): Setting<T> {
  return { value, source: KUBELET_DEFAULT };
}

/** Derived by the kubelet; `was` is what it derives from. */
export function byRule<T>(value: T, rule: string, was?: Setting<T>): Setting<T> {
  const source: Source = { kind: "rule", by: "kubelet", rule };
  return was === undefined ? { value, source } : { value, source, was };
}

/** The same setting in another form, back through everything that it replaced. */
export function mapSetting<From, To>(
  setting: Setting<From>,
  convert: (value: From) => To,
): Setting<To> {
  const { source, was } = setting;
  const value = convert(setting.value);
  return was === undefined ? { value, source } : { value, source, was: mapSetting(was, convert) };
}
