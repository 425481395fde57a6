// Changes of fields, made on the data: what an edit of the text has to come to.
import type { FieldPath } from "../model/finding.ts";
import { isJsonObject } from "../model/json.ts";

/** `to` takes the place of what stands at `path`; undefined takes it out. */
export interface FieldChange {
  readonly path: FieldPath;
  readonly to: unknown;
}

/** The pod (or any object) with the changes made; what is not changed is shared with the old one. */
export function applyChanges<T extends object>(object: T, changes: readonly FieldChange[]): T {
  let changed: unknown = object;
  for (const { path, to } of changes) changed = withValue(changed, path, to);
  return changed as T;
}

/** Objects on the way are made where they are missing, null or no objects; but not to take something out of them. */
export function withValue(value: unknown, path: FieldPath, to: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return to;
  if (typeof step === "number") {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.with(step, withValue(list[step], rest, to));
  }
  const object: Readonly<Record<string, unknown>> = isJsonObject(value) ? { ...value } : {};
  const { [step]: old, ...others } = object;
  if (to === undefined && old === undefined) return value;
  const changed = withValue(old, rest, to);
  return changed === undefined ? others : { ...object, [step]: changed };
}
