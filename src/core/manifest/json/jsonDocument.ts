// One JSON value → the same tree that YAML gives: the way kubectl reads a text that begins with `{`.
import type { FieldPath } from "../../model/finding.ts";
import type { JsonValue } from "../../model/json.ts";
import { int64 } from "../../rules/json.ts";
import type { Limits } from "../yaml/budget.ts";
import type { DuplicateKey } from "../yaml/decoder.ts";
import { scalarNode, type YamlNode } from "../yaml/node.ts";
import { wholeFloat } from "../yaml/numbers.ts";
import {
  type JsonScanner,
  readNumber,
  readString,
  readWord,
  skipWhite,
  unexpected,
} from "./jsonScanner.ts";

export interface JsonDocument {
  /** Offsets count from the start of the whole text. */
  readonly root: YamlNode;
  readonly end: number;
  readonly duplicates: readonly DuplicateKey[];
  readonly values: number;
}

/** It is JSON, but too much of it: no reason to try YAML. */
export class JsonValueError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

interface Reader extends JsonScanner {
  readonly limits: Limits;
  readonly duplicates: DuplicateKey[];
  readonly path: (string | number)[];
  values: number;
}

/**
 * Reads the value that begins at `from`; what stands behind it is not looked at.
 * @throws JsonTextError, JsonValueError
 */
export function readJson(text: string, from: number, limits: Limits): JsonDocument {
  const reader: Reader = { text, pos: from, limits, duplicates: [], path: [], values: 0 };
  const root = readValue(reader);
  return { root, end: reader.pos, duplicates: reader.duplicates, values: reader.values };
}

function readValue(reader: Reader): YamlNode {
  const char = skipWhite(reader);
  const start = reader.pos;
  reader.values += 1;
  if (reader.values > reader.limits.values) {
    throw new JsonValueError(`holds more than ${reader.limits.values} values`, start);
  }
  if (char === "{" || char === "[") return readCollection(reader, char);
  let json: JsonValue;
  if (char === '"') json = readString(reader);
  else if (char === "t") json = readLiteral(reader, "true", true);
  else if (char === "f") json = readLiteral(reader, "false", false);
  else if (char === "n") json = readLiteral(reader, "null", null);
  else json = numberOf(readNumber(reader), start);
  return scalar(reader, start, json);
}

function scalar(reader: Reader, start: number, json: JsonValue): YamlNode {
  const text = reader.text.slice(start, reader.pos);
  const node = scalarNode({ mark: start, start, end: reader.pos }, text, "", false);
  node.json = json;
  return node;
}

function readLiteral(reader: Reader, word: string, value: JsonValue): JsonValue {
  readWord(reader, word);
  return value;
}

function numberOf(digits: string, offset: number): JsonValue {
  if (!/[.eE]/.test(digits)) return int64(digits);
  const value = Number(digits);
  if (Number.isFinite(value)) return wholeFloat(value);
  throw new JsonValueError(`strconv.ParseFloat: parsing "${digits}": value out of range`, offset);
}

function readCollection(reader: Reader, bracket: "{" | "["): YamlNode {
  const start = reader.pos;
  if (reader.path.length >= reader.limits.depth) {
    throw new JsonValueError(`nested deeper than ${reader.limits.depth} levels`, start);
  }
  reader.pos += 1;
  reader.path.push("");
  const children: YamlNode[] = [];
  const mapping = bracket === "{";
  const json = mapping ? readMembers(reader, children) : readItems(reader, children);
  reader.path.pop();
  return {
    ...scalarNode({ mark: start, start, end: reader.pos }, "", "", false),
    kind: mapping ? "mapping" : "sequence",
    children,
    json,
  };
}

function readItems(reader: Reader, children: YamlNode[]): JsonValue {
  const items: JsonValue[] = [];
  let char = skipWhite(reader);
  while (char !== "]" || items.length > 0) {
    reader.path[reader.path.length - 1] = items.length;
    const value = readValue(reader);
    children.push(value);
    items.push(value.json);
    char = skipWhite(reader);
    if (char === "]") break;
    if (char !== ",") unexpected(reader, "after array element");
    reader.pos += 1;
  }
  reader.pos += 1;
  return items;
}

function readMembers(reader: Reader, children: YamlNode[]): JsonValue {
  const members: [string, JsonValue][] = [];
  const seen = new Set<string>();
  let char = skipWhite(reader);
  while (char !== "}" || members.length > 0) {
    if (char !== '"') unexpected(reader, "looking for beginning of object key string");
    const start = reader.pos;
    const name = readString(reader);
    const key = scalar(reader, start, name);
    reader.path[reader.path.length - 1] = name;
    if (skipWhite(reader) !== ":") unexpected(reader, "after object key");
    reader.pos += 1;
    const value = readValue(reader);
    children.push(key, value);
    if (seen.has(name)) noteDuplicate(reader, key);
    seen.add(name);
    members.push([name, value.json]);
    char = skipWhite(reader);
    if (char === "}") break;
    if (char !== ",") unexpected(reader, "after object key:value pair");
    reader.pos += 1;
    char = skipWhite(reader);
  }
  reader.pos += 1;
  return Object.fromEntries(members);
}

const MOST_DUPLICATES = 100;

function noteDuplicate(reader: Reader, { start, end }: YamlNode): void {
  if (reader.duplicates.length >= MOST_DUPLICATES) return;
  const path: FieldPath = [...reader.path];
  reader.duplicates.push({ path, start, end, value: end, merged: false });
}
