// A text → its documents, as kubectl goes through it: JSON values as long as they are JSON, YAML from there on.
import { utf8Length } from "../rules/goStrings.ts";
import { type Chunk, chunkText, splitDocuments } from "./documents.ts";
import { JsonValueError, readJson } from "./json/jsonDocument.ts";
import { JsonTextError } from "./json/jsonScanner.ts";
import type { FoundText, KnownTexts } from "./knownTexts.ts";
import type { DocumentTree } from "./sourceMap.ts";
import type { Limits } from "./yaml/budget.ts";
import { compose } from "./yaml/compose.ts";
import type { DuplicateKey } from "./yaml/decoder.ts";
import { YamlError } from "./yaml/yamlError.ts";

/** Offsets of `duplicates` count as the tree's do. */
export interface Read {
  readonly tree: DocumentTree;
  readonly duplicates: readonly DuplicateKey[];
  /** Written in it. */
  readonly values: number;
  /** Reads the document again, so that its tree need not be kept. */
  readonly again: () => DocumentTree | undefined;
}
export type ReadDocument = Read | TextError | "empty";

/** A document that need not be read. */
export interface KnownDocument {
  readonly known: FoundText;
  readonly values: number;
  readonly offset: number;
  readonly read: () => Read;
}

export interface TextError {
  readonly message: string;
  readonly offset: number;
}

export interface ReadLimits extends Limits {
  readonly documentBytes: number;
  /** A piece of a text that is known to be YAML. */
  readonly isYaml?: boolean;
}

/** kubectl looks for the `{` no further. */
const LOOK_AHEAD = 4_096;
const BEGINS_AS_JSON = /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*\{/;

export function beginsAsJson(text: string): boolean {
  return BEGINS_AS_JSON.test(text.slice(0, LOOK_AHEAD));
}

/** @see k8s.io/apimachinery v0.37.2 pkg/util/yaml/decoder.go YAMLOrJSONDecoder.Decode */
export function readDocuments(text: string, limits: ReadLimits): Generator<ReadDocument>;
export function readDocuments(
  text: string,
  limits: ReadLimits,
  known: KnownTexts | undefined,
): Generator<ReadDocument | KnownDocument>;
export function* readDocuments(
  text: string,
  limits: ReadLimits,
  known?: KnownTexts,
): Generator<ReadDocument | KnownDocument> {
  if (limits.isYaml === true || !beginsAsJson(text)) {
    yield* readYamlDocuments(text, 0, { limits, known });
    return;
  }
  let at = 0;
  for (let count = 0; /[^ \t\r\n]/.test(text.slice(at)); count += 1) {
    const document = readJsonDocument(text, at, limits);
    if (!("jsonError" in document)) {
      at = document.end;
      yield document.read;
      continue;
    }
    // More than one value so far: this is a JSON stream, and nothing else.
    const rest = count > 1 ? undefined : skipLine(text, at);
    if (rest === undefined) yield document.jsonError;
    else yield* readYamlDocuments(text, rest, { limits, known }, document.jsonError);
    return;
  }
}

function readJsonDocument(
  text: string,
  from: number,
  limits: ReadLimits,
): { readonly read: ReadDocument; readonly end: number } | { readonly jsonError: TextError } {
  try {
    const { root, end, duplicates, values } = readJson(text, from, limits);
    if (root.json === null) return { read: "empty", end };
    const excess = tooLong(text, { start: root.start, end }, limits);
    if (excess !== undefined) return { read: excess, end };
    const place = { offset: 0, end, json: true };
    const again = () => ({ root: readJson(text, from, limits).root, ...place });
    return { read: { tree: { root, ...place }, duplicates, values, again }, end };
  } catch (error) {
    if (error instanceof JsonValueError) {
      return { read: { message: error.message, offset: error.offset }, end: text.length };
    }
    if (!(error instanceof JsonTextError)) throw error;
    return { jsonError: { message: error.message, offset: error.offset } };
  }
}

/** Upstream reads so many bytes to see one character, and takes fewer for the end of the text. */
const PEEK = 4;

/**
 * Behind a JSON value, white space belongs to it, its line's end included; nothing where the text ends too soon.
 * @see k8s.io/apimachinery v0.37.2 pkg/util/yaml/decoder.go consumeWhitespace
 */
function skipLine(text: string, from: number): number | undefined {
  for (let at = from; utf8Length(text.slice(at, at + PEEK)) >= PEEK; at += 1) {
    if (text[at] === "\n") return at + 1;
    if (!/\s/.test(text.charAt(at))) return at;
  }
  return undefined;
}

/** The first document that is no YAML either gets the error that JSON gave. */
function* readYamlDocuments(
  text: string,
  from: number,
  { limits, known }: { readonly limits: ReadLimits; readonly known: KnownTexts | undefined },
  jsonError?: TextError,
): Generator<ReadDocument | KnownDocument> {
  let first = jsonError;
  for (const chunk of splitDocuments(text, from)) {
    const document =
      "message" in chunk
        ? chunk
        : (knownDocument(text, chunk, limits, known) ?? readYamlDocument(text, chunk, limits));
    const failed = typeof document === "object" && "message" in document;
    yield failed && first !== undefined ? first : document;
    first = undefined;
  }
}

function knownDocument(
  text: string,
  chunk: Chunk,
  limits: ReadLimits,
  known: KnownTexts | undefined,
): KnownDocument | undefined {
  if (known === undefined || tooLong(text, chunk, limits) !== undefined) return undefined;
  const found = known.find(text.slice(chunk.start, chunk.end));
  if (found === undefined) return undefined;
  function read(): Read {
    const document = readYamlDocument(text, chunk, limits);
    if (document !== "empty" && "tree" in document) return document;
    throw new Error("a text like one that could be read cannot");
  }
  return { known: found, values: found.values, offset: chunk.start, read };
}

function readYamlDocument(text: string, chunk: Chunk, limits: ReadLimits): ReadDocument {
  const excess = tooLong(text, chunk, limits);
  if (excess !== undefined) return excess;
  const place = { offset: chunk.start, end: chunk.end, json: false };
  const again = () => {
    const { root } = compose(chunkText(text, chunk), { limits, cutIntoLines: true });
    return root === undefined ? undefined : { root, ...place };
  };
  try {
    const { root, duplicates, values } = compose(chunkText(text, chunk), {
      limits,
      cutIntoLines: true,
    });
    if (root === undefined || root.json === null) return "empty";
    return { tree: { root, ...place }, duplicates, values, again };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { message: error.problem, offset: chunk.start + error.offset };
  }
}

function tooLong(text: string, { start, end }: Chunk, limits: ReadLimits): TextError | undefined {
  const length = end - start;
  // No unit takes more than three bytes.
  if (length * 3 <= limits.documentBytes) return undefined;
  const bytes = length > limits.documentBytes ? length : utf8Length(text.slice(start, end));
  if (bytes <= limits.documentBytes) return undefined;
  return { message: `document is longer than ${limits.documentBytes} bytes`, offset: start };
}
