// Where something of the edited pod stood before: fields by the names they had, items of lists at the places they had.
import type { PodDocument } from "../../manifest/manifest.ts";
import { valueAt } from "../../manifest/workloads.ts";
import { type FieldPath, startsWith } from "../../model/finding.ts";
import type { JsonValue } from "../../model/json.ts";
import { sameJson } from "../../rules/sameJson.ts";
import type { Mended } from "./mended.ts";
import { asWritten } from "./misspelled.ts";

/** @param path from the document's root, of `after`; the answer is of the document as it was */
export function beforeEdits(
  path: FieldPath,
  { document, plan }: Pick<Mended, "document" | "plan">,
  after: PodDocument,
): FieldPath {
  const { podPath } = document.workload;
  if (!startsWith(path, podPath)) return path;
  const items = itemsBefore(path, document, after);
  return [...podPath, ...asWritten(items.slice(podPath.length), plan.renames)];
}

/** An item that follows one which went had a later place. */
function itemsBefore(path: FieldPath, before: PodDocument, after: PodDocument): FieldPath {
  const { length } = before.objectPath;
  const found: (string | number)[] = [...path.slice(0, length)];
  let old: JsonValue | undefined = before.object;
  let now: JsonValue | undefined = after.object;
  for (const step of path.slice(length)) {
    const own: string | number = typeof step === "number" ? placeBefore(step, old, now) : step;
    found.push(own);
    old = old === undefined ? undefined : valueAt(old, [own]);
    now = now === undefined ? undefined : valueAt(now, [step]);
  }
  return found;
}

function placeBefore(index: number, old?: JsonValue, now?: JsonValue): number {
  if (!Array.isArray(old) || !Array.isArray(now) || old.length === now.length) return index;
  const item: unknown = now[index];
  const place = old.findIndex((one: unknown, at) => at >= index && sameJson(one, item));
  return place === -1 ? index : place;
}
