// The text of one document in plain block style, line by line: what nearly every manifest is, and several times faster than by
// tokens. Whatever is not certain here (anchors, tags, folded text, a key that is there twice, an error) is left to the scanner.
import type { Limits } from "./budget.ts";
import { HASH, MINUS } from "./characters.ts";
import {
  addKey,
  addValue,
  close,
  count,
  type LineCollection,
  lineCollection,
  NOTHING,
} from "./lineCollections.ts";
import { MOST_FLOW_DEPTH, readInline } from "./lineFlow.ts";
import { atLineEnd, endLine, isSpaceOrLineEnd, type LineReader, skipSpaces } from "./lineReader.ts";
import { emptyNode, readKey } from "./lineScalars.ts";
import type { YamlNode } from "./node.ts";

interface Blocks extends LineReader {
  /** Limits are the scanner's to tell. */
  readonly limits: Limits;
  readonly open: LineCollection[];
  lineStart: number;
}

const MARKER_LENGTH = 3;

export interface LinesDocument {
  readonly root: YamlNode;
  readonly values: number;
}

const UNUSUAL = /[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** What composing by tokens makes of the text, or nothing. */
export function composeLines(text: string, limits: Limits): LinesDocument | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const blocks: Blocks = { text, pos: 0, values: 0, limits, open: [], lineStart: 0 };
  let root: YamlNode | undefined;
  while (blocks.pos < text.length) {
    blocks.lineStart = blocks.pos;
    const code = skipSpaces(blocks);
    if (atLineEnd(code) || code === HASH) skipLine(blocks);
    else if (code === MINUS && blocks.pos === 0 && text.startsWith("---")) {
      blocks.pos += MARKER_LENGTH;
      if (!endLine(blocks)) return undefined;
    } else {
      if (!readLine(blocks, code, root === undefined)) return undefined;
      root ??= blocks.open[0]?.node;
    }
  }
  closeBeyond(blocks, -1);
  const { values } = blocks;
  return root === undefined || values > limits.values ? undefined : { root, values };
}

/** Whether the line fits into what is open; `isFirst`: nothing has been opened before. */
function readLine(blocks: Blocks, first: number, isFirst: boolean): boolean {
  let code = first;
  let block = blockOf(blocks, isDash(blocks, code), isFirst);
  while (block?.node.kind === "sequence") {
    blocks.pos += 1;
    block.waiting = blocks.pos;
    if (endLine(blocks)) return true;
    code = blocks.text.charCodeAt(blocks.pos);
    if (!isDash(blocks, code)) break;
    block = openBlock(blocks, "sequence", blocks.pos);
  }
  if (block === undefined) return false;
  const key = readKey(blocks, false);
  if (key !== undefined) {
    if (block.node.kind === "sequence") block = openBlock(blocks, "mapping", key.start);
    if (block === undefined || !addKey(block, key)) return false;
    block.waiting = blocks.pos;
    if (endLine(blocks)) return true;
    code = blocks.text.charCodeAt(blocks.pos);
  } else if (block.node.kind === "mapping") return false;
  const value = readInline(blocks, code);
  if (value === undefined) return false;
  addValue(block, value);
  block.waiting = NOTHING;
  return endLine(blocks);
}

/** The collection that the line at `pos` goes on with, or opens; nothing where it is neither. */
function blockOf(blocks: Blocks, dash: boolean, isFirst: boolean): LineCollection | undefined {
  const { open, pos, lineStart } = blocks;
  const column = pos - lineStart;
  const kind = dash ? "sequence" : "mapping";
  let block = open.at(-1);
  if (block !== undefined && block.waiting !== NOTHING) {
    // The dashes of a list may stand under the key whose value it is.
    const least = dash && block.node.kind === "mapping" ? block.column : block.column + 1;
    if (column >= least) return openBlock(blocks, kind, pos);
  }
  block = closeBeyond(blocks, column);
  if (block === undefined) return isFirst ? openBlock(blocks, kind, pos) : undefined;
  if (!dash && block.node.kind === "sequence" && block.column === column) {
    block = closeLast(blocks);
  }
  if (block === undefined || block.column !== column || block.node.kind !== kind) return undefined;
  settle(blocks, block);
  return block;
}

function openBlock(
  blocks: Blocks,
  kind: "mapping" | "sequence",
  start: number,
): LineCollection | undefined {
  const { open, limits, lineStart } = blocks;
  if (open.length + MOST_FLOW_DEPTH >= limits.depth) return undefined;
  const block = lineCollection(kind, start, start - lineStart);
  const parent = open.at(-1);
  if (parent !== undefined) {
    addValue(parent, block.node);
    parent.waiting = NOTHING;
  }
  open.push(block);
  blocks.values += 1;
  return block;
}

/** Ends the blocks that begin behind the column; returns the one that is left to go on with. */
function closeBeyond(blocks: Blocks, column: number): LineCollection | undefined {
  let block = blocks.open.at(-1);
  while (block !== undefined && block.column > column) block = closeLast(blocks);
  return block;
}

function closeLast(blocks: Blocks): LineCollection | undefined {
  const block = blocks.open.pop();
  const parent = blocks.open.at(-1);
  if (block === undefined) return parent;
  settle(blocks, block);
  close(block);
  if (parent !== undefined) count(parent.node, block.node);
  return parent;
}

/** What was waited for does not come: null. */
function settle(blocks: Blocks, block: LineCollection): void {
  if (block.waiting === NOTHING) return;
  addValue(block, emptyNode(blocks, block.waiting));
  block.waiting = NOTHING;
}

function isDash({ text, pos }: Blocks, code: number): boolean {
  return code === MINUS && isSpaceOrLineEnd(text.charCodeAt(pos + 1));
}

function skipLine(blocks: Blocks): void {
  const { text } = blocks;
  while (!atLineEnd(text.charCodeAt(blocks.pos))) blocks.pos += 1;
  blocks.pos += 1;
}
