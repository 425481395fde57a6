// Fields that the API server drops with a warning, and that the edits leave: what `check` says of them, and why they stay.
import type { PodDocument } from "../../manifest/manifest.ts";
import { type Finding, samePath, startsWith, toPointer } from "../../model/finding.ts";
import { acceptsFinding } from "./accepted.ts";
import { type Judging, misspelledFields } from "./misspelled.ts";
import { fieldFindings } from "./refusals.ts";

export interface FieldNote {
  /** From the document's root. */
  readonly path: Finding["path"];
  readonly message: string;
}

/** Each once, at whatever version; in `check`'s words. @param before the same pod without the edits */
export function fieldNotes(
  document: PodDocument,
  before: PodDocument,
  judging: Judging,
): readonly FieldNote[] {
  const { podPath } = document.workload;
  const { worlds, accepted } = judging;
  const notes = new Map<string, FieldNote>();
  const all = worlds.flatMap((world) => fieldFindings(document, world));
  if (all.length === 0) return [];
  // The name that was meant may be there by the edits.
  const misspelled = [before, document].flatMap((one) => misspelledFields(one, judging));
  for (const { id, path, message, hint } of all) {
    const key = `${id} ${toPointer(path)}`;
    const own = startsWith(path, podPath) ? path.slice(podPath.length) : undefined;
    if (notes.has(key) || (own !== undefined && acceptsFinding(accepted, id, own))) continue;
    const why = misspelled.find((one) => own !== undefined && samePath(one.path, own))?.why;
    const hinted = hint === undefined ? message : `${message}; ${hint}`;
    notes.set(key, { path, message: why === undefined ? hinted : `${hinted} (${why})` });
  }
  return [...notes.values()];
}
