// Objects of which nothing is left once their fields are taken out go, too.

import { valueAt } from "../../manifest/workloads.ts";
import type { FieldPath } from "../../model/finding.ts";
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
export function withoutHollows(value: JsonValue, changes: readonly FieldChange[]): FieldChange[] {
  const all = [...changes];
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
  if (!isJsonObject(value)) return false;
  const left = valueAt(applyChanges(value, changes), path);
  return isJsonObject(left) && Object.keys(left).length === 0;
}
