// Of what one check refuses, only some fields or list elements may be accepted: which change speaks of those.
import { type FieldPath, startsWith } from "../../model/finding.ts";
import { isJsonObject } from "../../model/json.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";
import type { AcceptedFinding } from "./accepted.ts";

/** Is the change of this field, or of all fields where none is told? Of a volume, one member takes the other's place. */
export function coversField(field: FieldPath | undefined, changed: FieldPath): boolean {
  if (field === undefined) return true;
  return startsWith(changed, changed[1] === "volumes" ? field.slice(0, 3) : field);
}

export interface KeptElements {
  readonly by: AcceptedFinding;
  /** The change that takes the other elements; absent where nothing else goes. */
  readonly rest?: LevelChange;
}

/** A list keeps the elements that are accepted, each as often as it is; undefined where the list has none of them. */
export function withAcceptedElements(
  change: LevelChange,
  accepted: readonly AcceptedFinding[],
): KeptElements | undefined {
  const { path, from, to } = change;
  const inList = accepted.filter(
    ({ field }) =>
      field !== undefined && field.path.length > path.length && startsWith(field.path, path),
  );
  const [by] = inList;
  if (by === undefined || !Array.isArray(from)) return undefined;
  const values = inList.map(({ field }) => field?.value);
  const stays = Array.isArray(to) ? to.map((element) => JSON.stringify(element)) : [];
  const kept = from.filter((element: unknown) => {
    if (stays.includes(JSON.stringify(element))) return true;
    const name = isJsonObject(element) ? element["name"] : element;
    const index = values.indexOf(name);
    if (index < 0) return false;
    values.splice(index, 1);
    return true;
  });
  if (kept.length === from.length) return { by };
  return { by, rest: { ...change, to: kept.length === 0 ? undefined : kept } };
}
