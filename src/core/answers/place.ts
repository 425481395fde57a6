// Where in its file a finding stands: the offending field, or the nearest part of its path that is written.
import type { PodDocument } from "../manifest/manifest.ts";
import { type FieldPath, type Finding, type Range, toPointer } from "../model/finding.ts";
import type { KubeMinor } from "../model/version.ts";
import type { World } from "../model/world.ts";

/** A place in the manifest; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
export interface PlacedFinding extends Omit<Finding, "path"> {
  /** JSON Pointer into the document. */
  readonly path: string;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Which pod an answer is about: where its object begins (of a List, the item), and the workload that carries it. */
export interface AnswerHead {
  readonly source: { readonly file: string; readonly document: number; readonly line: number };
  readonly workload: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
  readonly kubernetes: KubeMinor;
}

export function headOf(document: PodDocument, { kubernetes, namespace }: World): AnswerHead {
  const { file, workload } = document;
  const { apiVersion, kind, name } = workload;
  return {
    source: { file, document: document.document, line: lineOf(document) },
    workload: { apiVersion, kind, namespace: workload.namespace ?? namespace.name, name },
    kubernetes,
  };
}

/** Where its object begins. */
export function lineOf({ sourceMap, objectPath }: PodDocument): number {
  return sourceMap.nearest(objectPath)?.start.line ?? 1;
}

/** @param finding with its path from the document's root */
export function placeFinding(
  finding: Finding,
  document: PodDocument,
  place: Partial<Place> = placeOf(finding.path, document),
): PlacedFinding {
  const { path, ...rest } = finding;
  return { ...rest, path: toPointer(path), ...place, file: document.file };
}

/** Where the path stands, or the nearest part of it that is written. */
export function placeOf(path: FieldPath, document: PodDocument): Partial<Place> {
  return startOf(rangeOf(path, document), document);
}

export function startOf(range: Range | undefined, document: PodDocument): Partial<Place> {
  const start = range?.start;
  return start === undefined ? {} : { file: document.file, line: start.line, column: start.column };
}

/** The key of the nearest written part of the path, or the item of a list; of the document's root all of it. */
export function rangeOf(path: FieldPath, { sourceMap }: PodDocument): Range | undefined {
  return sourceMap.nearest(path);
}
