// Items of a container list that are no objects (`- null`): the API server misses a name and an image there, and no field has a place.
import { valueAt } from "../../manifest/workloads.ts";
import type { FieldPath } from "../../model/finding.ts";
import { isJsonObject, type JsonValue } from "../../model/json.ts";
import { writeJson } from "../../rules/json.ts";
import type { FixNote } from "./fixed.ts";

const LISTS = ["initContainers", "containers", "ephemeralContainers"];

/** Where they stand. @param pod as the author wrote it */
export function emptyContainers(pod: JsonValue): FixNote[] {
  return LISTS.flatMap((list) => {
    const items = valueAt(pod, ["spec", list]);
    if (!Array.isArray(items)) return [];
    return items.flatMap((item: JsonValue, index): FixNote[] => {
      if (isJsonObject(item)) return [];
      const path: FieldPath = ["spec", list, index];
      const message = `${writeJson(item)} is no container: what should stand here only its author knows`;
      return [{ kind: "left", path, message }];
    });
  });
}
