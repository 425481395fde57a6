// YAML or JSON text → the pods in it, with a source map: what kubectl and the API server would read.
import type { FieldPath, Finding, Range } from "../model/finding.ts";
import type { JsonObject, JsonValue } from "../model/json.ts";
import type { Pod } from "../model/pod.ts";

/** The object that carries the pod. `podPath` leads from the document's root to the pod (or template). */
export interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly podPath: FieldPath;
}
export interface SourceMap {
  /** Where the value at `path` (from the document's root) stands; of an absent one, nothing. */
  range(path: FieldPath): Range | undefined;
  /** Where its key stands, for a value of an object. */
  key(path: FieldPath): Range | undefined;
}
export interface PodDocument {
  readonly file: string;
  /** Index of the document in its file, from 0. */
  readonly document: number;
  readonly workload: Workload;
  /** The whole object as JSON. */
  readonly object: JsonObject;
  /** The pod (of a template: its metadata and spec), as written. */
  readonly pod: Pod;
  readonly sourceMap: SourceMap;
  readonly findings: readonly Finding[];
}
export interface ManifestError {
  readonly file: string;
  readonly document: number;
  /** Lines and columns from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The source lines around it with a caret. */
  readonly excerpt: string;
}
export interface Manifest {
  readonly pods: readonly PodDocument[];
  /** Documents that are no workload: counted, skipped. */
  readonly skipped: readonly {
    readonly document: number;
    readonly kind: string;
    readonly object: JsonValue;
  }[];
  readonly errors: readonly ManifestError[];
}
export interface ManifestOptions {
  /** Where custom kinds keep their pod: `Rollout=spec.template`, or a bare path for any unknown kind. */
  readonly podPaths?: readonly string[];
  /** Bytes per document (default 3 MiB) and per text (default 32 MiB). */
  readonly maxDocumentBytes?: number;
  readonly maxBytes?: number;
}

export function readManifest(_text: string, _file: string, _options?: ManifestOptions): Manifest {
  throw new Error("not built");
}
