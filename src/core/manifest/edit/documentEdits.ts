// Changes of one document → edits of its text; each is made only where the edited text reads as the changed data and nothing else.
import type { TextEdit } from "../../model/edit.ts";
import type { JsonValue } from "../../model/json.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { sameJson } from "../../rules/sameJson.ts";
import { chunkText } from "../documents.ts";
import { readJson } from "../json/jsonDocument.ts";
import type { Positions } from "../positions.ts";
import type { DocumentTree } from "../sourceMap.ts";
import { DEFAULT_LIMITS } from "../yaml/budget.ts";
import { compose } from "../yaml/compose.ts";
import type { YamlNode } from "../yaml/node.ts";
import {
  anchoredPaths,
  type OwnPaths,
  readingsOf,
  type Unshared,
  type UnsharedPath,
  unsharedPaths,
} from "./anchors.ts";
import { CannotEdit, type Draft, type Splice } from "./draft.ts";
import { editValue } from "./editValue.ts";
import { joined, splicedText } from "./splices.ts";
import { type Style, styleOf } from "./style.ts";

export interface EditableDocument {
  readonly file: string;
  readonly positions: Positions;
  readonly tree: DocumentTree;
}

export interface DocumentEdits {
  /** In the order of the text; none overlaps another. */
  readonly edits: readonly TextEdit[];
  readonly refused: readonly RefusedChange[];
  /** What has fields of its own now that an anchor brought, since others use it too. */
  readonly unshared: readonly UnsharedPath[];
}
/** A change that no edit of the text comes to, and why not. */
export interface RefusedChange {
  readonly change: FieldChange;
  readonly reason: string;
}

interface Work {
  /** From the tree's offset to the document's end. */
  readonly text: string;
  readonly root: YamlNode;
  readonly json: boolean;
  readonly style: Style;
  readonly anchors: OwnPaths;
  readonly reread: boolean;
}
/** Changes that were found to hold together. */
interface Settled extends Splices {
  readonly changes: readonly FieldChange[];
}
interface Splices {
  readonly splices: readonly Splice[];
  readonly unshared: Unshared;
}

const NONE: Settled = { changes: [], splices: [], unshared: new Map() };

export interface EditOptions {
  /** The edited text is read again, to see that it says what was meant (default); it takes longer than all the rest. */
  readonly reread?: boolean;
}

/** @param changes paths from the document's root */
export function documentEdits(
  document: EditableDocument,
  changes: readonly FieldChange[],
  { reread = true }: EditOptions = {},
): DocumentEdits {
  const { tree, positions, file } = document;
  const { root, json } = tree;
  const text = positions.text.slice(tree.offset, tree.end);
  const work: Work = {
    text,
    root,
    json,
    style: styleOf(json ? text.slice(root.start) : text, root, json),
    anchors: anchoredPaths(root),
    reread,
  };
  const refused: RefusedChange[] = [];
  const { splices, unshared } = settle(work, changes, NONE, refused);
  const edits = joined(splices, text);
  return {
    refused,
    unshared: unsharedPaths(root, unshared),
    edits: edits.map((edit) => ({
      file,
      range: {
        start: positions.at(tree.offset + edit.start),
        end: positions.at(tree.offset + edit.end),
      },
      text: edit.text,
    })),
  };
}

/** All at once; where that fails, half by half, so that what cannot be edited is found by itself. */
function settle(
  work: Work,
  changes: readonly FieldChange[],
  before: Settled,
  refused: RefusedChange[],
): Settled {
  const [only, ...others] = changes;
  if (only === undefined) return before;
  const all = [...before.changes, ...changes];
  const attempt = splicesOf(work, all);
  if (!("reason" in attempt)) return { changes: all, ...attempt };
  if (others.length === 0) {
    refused.push({ change: only, reason: attempt.reason });
    return before;
  }
  const half = changes.length >> 1;
  const settled = settle(work, changes.slice(0, half), before, refused);
  return settle(work, changes.slice(half), settled, refused);
}

/** The splices of the changes, if the edited text reads as the changed data. */
function splicesOf(
  work: Work,
  changes: readonly FieldChange[],
): Splices | { readonly reason: string } {
  const { text, root, style, anchors, reread } = work;
  try {
    const wanted = changed(root, changes);
    const readings = readingsOf(wanted, anchors);
    const draft: Draft = { text, style, readings, splices: [], unshared: new Map() };
    editValue(draft, root, { flow: false, indent: "" }, wanted);
    // What an anchor's other users become is known only then.
    if (!reread && anchors.size === 0) return draft;
    const after = read(work, splicedText(text, draft.splices));
    if (sameJson(after.json, wanted)) return draft;
    return { reason: anchors.size > 0 ? SHARED : MISREAD };
  } catch (error) {
    if (error instanceof CannotEdit || error instanceof RangeError)
      return { reason: error.message };
    // What the reader says of a text that it does not take any more.
    if (error instanceof Error && error.name === "Error") return { reason: MISREAD };
    throw error;
  }
}

const SHARED = "it would change what else uses the anchor";
const MISREAD = "the way in which it is written leaves no place for it";

function changed({ json }: YamlNode, changes: readonly FieldChange[]): JsonValue {
  const inValue = changes.map(({ path, to }) => ({ path: ["value", ...path], to }));
  return applyChanges({ value: json }, inValue).value;
}

function read({ json, root }: Work, text: string): YamlNode {
  if (json) return readJson(text, root.start, DEFAULT_LIMITS).root;
  const chunk = chunkText(text, { start: 0, end: text.length });
  const after = compose(chunk, { limits: DEFAULT_LIMITS, cutIntoLines: true }).root;
  if (after === undefined) throw new CannotEdit(MISREAD);
  return after;
}
