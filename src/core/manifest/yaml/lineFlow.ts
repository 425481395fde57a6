// `[…]` and `{…}` that begin and end on one line, keys and items written out.
import { COMMA } from "./characters.ts";
import { addKey, addValue, close, lineCollection } from "./lineCollections.ts";
import { type LineReader, skipSpaces } from "./lineReader.ts";
import { readKey, readScalar } from "./lineScalars.ts";
import type { YamlNode } from "./node.ts";

const LIST = 0x5b;
const LIST_END = 0x5d;
const MAP = 0x7b;
const MAP_END = 0x7d;
/** Nobody nests deeper on one line. */
export const MOST_FLOW_DEPTH = 32;

/** A scalar or a flow collection; nothing where the scanner has to decide. */
export function readInline(reader: LineReader, code: number, depth = 0): YamlNode | undefined {
  if (code !== LIST && code !== MAP) return readScalar(reader, code, depth > 0);
  if (depth >= MOST_FLOW_DEPTH) return undefined;
  return readFlow(reader, code === MAP, depth + 1);
}

function readFlow(reader: LineReader, isMap: boolean, depth: number): YamlNode | undefined {
  const collection = lineCollection(isMap ? "mapping" : "sequence", reader.pos, 0);
  const end = isMap ? MAP_END : LIST_END;
  reader.values += 1;
  reader.pos += 1;
  let code = skipSpaces(reader);
  while (code !== end) {
    if (isMap) {
      const key = readKey(reader, true);
      if (key === undefined || !addKey(collection, key)) return undefined;
      code = skipSpaces(reader);
    }
    const value = readInline(reader, code, depth);
    if (value === undefined) return undefined;
    addValue(collection, value);
    code = skipSpaces(reader);
    if (code === end) break;
    if (code !== COMMA) return undefined;
    reader.pos += 1;
    code = skipSpaces(reader);
    // A comma behind the last entry.
    if (code === end) return undefined;
  }
  reader.pos += 1;
  return close(collection, reader.pos);
}
