// Changes of a pod → edits of the manifest in which it stands.
import type { FieldChange } from "../../rules/changes.ts";
import type { PodDocument } from "../manifest.ts";
import { type DocumentEdits, documentEdits, type EditOptions } from "./documentEdits.ts";

/**
 * The edits of the file that make the changes of one pod, and the changes that cannot be made.
 * Only lines that the changes touch are edited. Whatever else uses an anchor keeps its meaning: unless all of its users
 * change alike, the pod gets fields of its own. Every edit was read again, unless `options` want it not: the document then holds
 * the changed data and nothing else.
 * @param changes paths relative to the pod; `to` undefined takes a field out
 */
export function editsFor(
  document: PodDocument,
  changes: readonly FieldChange[],
  options: EditOptions = {},
): DocumentEdits {
  const { file, sourceMap, workload } = document;
  const source = sourceMap.source();
  if (source === undefined) return { edits: [], refused: [], unshared: [] };
  const inDocument = changes.map(({ path, to }) => ({ path: [...workload.podPath, ...path], to }));
  const { edits, refused, unshared } = documentEdits({ file, ...source }, inDocument, options);
  const { length } = workload.podPath;
  return {
    edits,
    unshared: unshared.map((one) => ({ ...one, path: one.path.slice(length) })),
    refused: refused.map(({ change, reason }) => ({
      change: { ...change, path: change.path.slice(length) },
      reason,
    })),
  };
}
