// YAML or JSON text → the pods in it, with a source map: what kubectl and the API server would read.
import type { FieldPath, Finding } from "../model/finding.ts";
import type { JsonObject, JsonValue } from "../model/json.ts";
import type { Pod } from "../model/pod.ts";
import { utf8Length } from "../rules/goStrings.ts";
import { excerptOf } from "./excerpt.ts";
import type { KnownTexts } from "./knownTexts.ts";
import {
  BYTES_PER_VALUE,
  FEW_VALUES,
  KEPT_VALUES,
  MAX_BYTES,
  MAX_DEPTH,
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENTS,
  MAX_VALUES,
} from "./limits.ts";
import { knownPart, readPart } from "./parts.ts";
import { parsePodPath } from "./podPaths.ts";
import { type Positions, positionsOf } from "./positions.ts";
import {
  type KnownDocument,
  type Read,
  type ReadDocument,
  readDocuments,
  type TextError,
} from "./read.ts";
import type { PieceStart } from "./segments.ts";
import type { SourceMap } from "./sourceMap.ts";
import { textHint } from "./textHint.ts";

export type { SourceMap } from "./sourceMap.ts";

/** The object that carries the pod. `podPath` leads from the document's root to the pod (or template). */
export interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly podPath: FieldPath;
}
export interface PodDocument {
  readonly file: string;
  /** Index of the document in its file, from 0. */
  readonly document: number;
  readonly workload: Workload;
  /** From the document's root to the object: `["items", 3]` in a list, else empty. */
  readonly objectPath: FieldPath;
  /** The whole object as JSON. */
  readonly object: JsonObject;
  /** The pod (of a template: its metadata and spec), as written; without what has not the API's shape. */
  readonly pod: Pod;
  readonly sourceMap: SourceMap;
  /** Paths from the document's root. */
  readonly findings: readonly Finding[];
}
export interface ManifestError {
  readonly file: string;
  readonly document: number;
  /** Lines and columns from 1. */
  readonly line: number;
  readonly column: number;
  /** kubectl's words, without the line that it counts within the document. */
  readonly message: string;
  /** The source lines around it with a caret. */
  readonly excerpt: string;
  /** In our words: what may have been meant. */
  readonly hint?: string;
  /** It was read; the API server refuses it. */
  readonly isRefused?: true;
}
export interface Manifest {
  readonly pods: readonly PodDocument[];
  /** Objects that are no workload: counted, skipped. */
  readonly skipped: readonly SkippedObject[];
  readonly errors: readonly ManifestError[];
}
export interface SkippedObject {
  readonly document: number;
  /** Empty for what is no object or does not say its kind. */
  readonly kind: string;
  readonly object: JsonValue;
  /** From the document's root to it. */
  readonly objectPath: FieldPath;
  readonly sourceMap: SourceMap;
}
export interface ManifestOptions {
  /** Where custom kinds keep their pod: `Rollout=spec.template`, or a bare path for any unknown kind. */
  readonly podPaths?: readonly string[];
  /** Bytes per document (default 3 MiB) and per text (default 32 MiB). */
  readonly maxDocumentBytes?: number;
  readonly maxBytes?: number;
  /** Collections inside each other (default 500). */
  readonly maxDepth?: number;
  /** JSON that a document's aliases may stand for (default: as long as a document may be). */
  readonly maxAliasBytes?: number;
  /** Asked about every document; what it knows is not read. */
  readonly known?: KnownTexts | undefined;
}

/** Reads every document of the text. Whatever is wrong with it is an error in the answer. */
export function readManifest(text: string, file: string, options: ManifestOptions = {}): Manifest {
  const pods: PodDocument[] = [];
  const skipped: SkippedObject[] = [];
  const errors: ManifestError[] = [];
  let values = 0;
  function keepsTree(more: number): boolean {
    values += more;
    return values <= KEPT_VALUES;
  }
  for (const part of manifestParts(text, file, options, keepsTree)) {
    pods.push(...part.pods);
    skipped.push(...part.skipped);
    errors.push(...part.errors);
  }
  return { pods, skipped, errors };
}

/**
 * The same document by document, for texts of thousands: what is not kept of one is free before the next is read. Their
 * limits, order and errors are those of `readManifest`.
 * @param piece where the text stands, if it is a piece of a longer one; limits of the whole are the caller's then
 * @returns the values that were read
 */
export function eachDocument(
  text: string,
  file: string,
  options: ManifestOptions = {},
  piece?: PieceStart,
): Generator<Manifest, number> {
  return manifestParts(text, file, options, () => true, piece);
}

/** @param keepsTree told the values of a document: is its tree kept for its source map, or read again? */
function* manifestParts(
  text: string,
  file: string,
  options: ManifestOptions,
  keepsTree: (values: number) => boolean,
  piece?: PieceStart,
): Generator<Manifest, number> {
  const positions = positionsOf(text, piece);
  const podPaths = (options.podPaths ?? []).map(parsePodPath);
  let values = piece?.values ?? 0;
  let document = piece?.document ?? 0;
  function failed(error: TextError): Manifest {
    return { pods: [], skipped: [], errors: [{ file, document, ...errorAt(positions, error) }] };
  }
  for (const read of documentsOf(text, options, { ...options, isPiece: piece !== undefined })) {
    if (document === MAX_DOCUMENTS) {
      const message = `text holds more than ${MAX_DOCUMENTS} documents`;
      yield failed({ message, offset: 0 });
      return values;
    }
    if (read !== "empty" && "message" in read) yield failed(read);
    else if (read !== "empty") {
      values += read.values;
      if (values > MAX_VALUES) {
        yield failed(tooManyValues(read));
        return values;
      }
      const source = { file, document, positions, podPaths, keepsTree };
      yield "known" in read ? knownPart(read, source) : readPart(read, source, options.known);
    }
    document += 1;
  }
  return values;
}

interface ReadHow {
  /** Of a text that is known to be YAML. */
  readonly isPiece: boolean;
  readonly known?: KnownTexts | undefined;
}

/** Every document within the limits, errors among them. */
export function documentsOf(text: string, options: ManifestOptions): Iterable<ReadDocument>;
export function documentsOf(
  text: string,
  options: ManifestOptions,
  how: ReadHow,
): Iterable<ReadDocument | KnownDocument>;
export function documentsOf(
  text: string,
  options: ManifestOptions,
  { isPiece, known }: ReadHow = { isPiece: false },
): Iterable<ReadDocument | KnownDocument> {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  if (text.length > maxBytes || (text.length * 3 > maxBytes && utf8Length(text) > maxBytes)) {
    return [{ message: `text is longer than ${maxBytes} bytes`, offset: 0 }];
  }
  const documentBytes = options.maxDocumentBytes ?? MAX_DOCUMENT_BYTES;
  const limits = {
    documentBytes,
    isYaml: isPiece,
    depth: options.maxDepth ?? MAX_DEPTH,
    values: Math.max(Math.floor(documentBytes / BYTES_PER_VALUE), FEW_VALUES),
    expansion: options.maxAliasBytes ?? Math.max(documentBytes, MAX_DOCUMENT_BYTES),
  };
  return readDocuments(text, limits, known);
}

function tooManyValues(read: Read | KnownDocument): TextError {
  const { root, offset } = ("known" in read ? read.read() : read).tree;
  return { message: `text holds more than ${MAX_VALUES} values`, offset: offset + root.start };
}

function errorAt(
  positions: Positions,
  { message, offset }: TextError,
): Omit<ManifestError, "file" | "document"> {
  const place = positions.at(Math.min(offset, positions.text.length));
  const { line, column } = place;
  const hint = textHint(positions.text, { message, offset });
  return {
    ...{ line, column, message, excerpt: excerptOf(positions, place) },
    ...(hint === undefined ? {} : { hint }),
  };
}
