// A long text cut between its documents, so that several can read it at once: each piece says where it stands in the whole.
import { splitDocuments } from "./documents.ts";
import { beginsAsJson } from "./read.ts";

/** What stands before a piece. */
export interface PieceStart {
  /** Of its first document, in the file. */
  readonly document: number;
  /** Line breaks before it. */
  readonly line: number;
  readonly offset: number;
  /** Values before it, where they are known. */
  readonly values?: number;
}
export interface Piece extends PieceStart {
  readonly text: string;
}

/**
 * Pieces of about so many characters, whole documents each: read one after the other they say what the whole says.
 * Undefined where a text is no plain stream of YAML documents (JSON, or a separator that is none).
 */
export function piecesOf(text: string, length: number): readonly Piece[] | undefined {
  if (beginsAsJson(text)) return undefined;
  const pieces: Piece[] = [];
  let document = 0;
  let line = 0;
  let counted = 0;
  let open: { readonly start: number; readonly document: number } | undefined;
  let end = 0;
  function close(): void {
    if (open === undefined) return;
    line += breaksIn(text, counted, open.start);
    counted = open.start;
    const piece = { document: open.document, line, offset: open.start };
    pieces.push({ ...piece, text: text.slice(open.start, end) });
    open = undefined;
  }
  for (const chunk of splitDocuments(text)) {
    if ("message" in chunk) return undefined;
    open ??= { start: chunk.start, document };
    end = chunk.end;
    document += 1;
    if (end - open.start >= length) close();
  }
  close();
  return pieces;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** As editors see lines. */
function breaksIn(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) breaks += 1;
    else if (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED) breaks += 1;
  }
  return breaks;
}
