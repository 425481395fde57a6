// Objects of which nothing is left once their fields are taken out go, too.

import { valueAt } from "../../manifest/workloads.ts";
import { type FieldPath, startsWith } from "../../model/finding.ts";
import { isJsonObject, type JsonValue } from "../../model/json.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";

/** Empty, they mean the same as absent. */
const HOLLOW: ReadonlySet<string | number> = new Set([
  "securityContext",
  "capabilities",
  "annotations",
  "seLinuxOptions",
  "windowsOptions",
  "seccompProfile",
  "appArmorProfile",
]);

/** @param changes of the value, which is as the author wrote it */
export function withoutHollows<T extends FieldChange>(
  value: JsonValue,
  changes: readonly T[],
): (T | FieldChange)[] {
  const all: (T | FieldChange)[] = [...changes];
  for (const { path, to } of changes) {
    if (to !== undefined) continue;
    for (let end = path.length - 1; end > 0; end -= 1) {
      const parent: FieldPath = path.slice(0, end);
      if (!HOLLOW.has(parent.at(-1) ?? "") || !isEmptied(value, all, parent)) break;
      all.push({ path: parent, to: undefined });
    }
  }
  return all;
}

function isEmptied(value: JsonValue, changes: readonly FieldChange[], path: FieldPath): boolean {
  const { length } = path;
  const inside = changes.filter((one) => one.path.length > length && startsWith(one.path, path));
  const around = changes.some((one) => one.path.length <= length && startsWith(path, one.path));
  // Mostly it is there, and only its fields change: nothing around it has to be copied.
  const written = around ? undefined : valueAt(value, path);
  const left = isJsonObject(written)
    ? applyChanges(
        written,
        inside.map(({ path: field, to }) => ({ path: field.slice(length), to })),
      )
    : isJsonObject(value)
      ? valueAt(applyChanges(value, changes), path)
      : undefined;
  return isJsonObject(left) && Object.keys(left).length === 0;
}
