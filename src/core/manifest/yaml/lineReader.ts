// Where a line of a document in plain block style is being read; what such a line may end with.
import { HASH, LINE_FEED, SPACE } from "./characters.ts";

export interface LineReader {
  /** Without tabs, carriage returns and the characters of composeLines' `UNUSUAL`. */
  readonly text: string;
  pos: number;
  /** Read so far, keys too. */
  values: number;
}

export function atLineEnd(code: number): boolean {
  // Beyond the text there is no code.
  return code === LINE_FEED || Number.isNaN(code);
}

export function isSpaceOrLineEnd(code: number): boolean {
  return code === SPACE || atLineEnd(code);
}

export function skipSpaces(reader: LineReader): number {
  const { text } = reader;
  let code = text.charCodeAt(reader.pos);
  while (code === SPACE) {
    reader.pos += 1;
    code = text.charCodeAt(reader.pos);
  }
  return code;
}

/** Steps behind the line's end if nothing but white space and a comment stands before it. */
export function endLine(reader: LineReader): boolean {
  const { text, pos } = reader;
  let code = skipSpaces(reader);
  if (code === HASH && reader.pos > pos) {
    while (!atLineEnd(code)) {
      reader.pos += 1;
      code = text.charCodeAt(reader.pos);
    }
  }
  if (!atLineEnd(code)) return false;
  reader.pos += 1;
  return true;
}
