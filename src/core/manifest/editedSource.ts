// Where the values of a document stand once its text is edited.
import { applyEdits, shiftedEdit, type TextEdit } from "../model/edit.ts";
import { chunkText } from "./documents.ts";
import { readJson } from "./json/jsonDocument.ts";
import { positionsOf } from "./positions.ts";
import { type DocumentTree, type SourceMap, sourceMapOf } from "./sourceMap.ts";
import { DEFAULT_LIMITS } from "./yaml/budget.ts";
import { compose } from "./yaml/compose.ts";

export interface EditedSource {
  /** Its places count in the document's own text, after the edits. */
  readonly sourceMap: SourceMap;
  /** Where that text begins in the whole. */
  readonly from: number;
}

/** @param edits of the document, which were read again when they were made */
export function editedSource(
  source: SourceMap,
  edits: readonly TextEdit[],
): EditedSource | undefined {
  const known = source.source();
  if (known === undefined) return undefined;
  const { positions, tree } = known;
  const from = tree.json ? tree.root.start : tree.offset;
  const text = applyEdits(
    positions.text.slice(from, tree.end),
    edits.map((edit) => shiftedEdit(edit, from)),
  );
  return { sourceMap: sourceMapOf(positionsOf(text), () => treeOf(text, tree.json)), from };
}

function treeOf(text: string, json: boolean): DocumentTree | undefined {
  const place = { offset: 0, end: text.length, json };
  if (json) return { root: readJson(text, 0, DEFAULT_LIMITS).root, ...place };
  const chunk = chunkText(text, { start: 0, end: text.length });
  const { root } = compose(chunk, { limits: DEFAULT_LIMITS, cutIntoLines: true });
  return root === undefined ? undefined : { root, ...place };
}
