// A document that was read, or is known unread → the pods in it and what is none.
import type { FieldPath, Finding } from "../model/finding.ts";
import { startsWith, toFieldPath } from "../model/finding.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { KnownTexts } from "./knownTexts.ts";
import type { Manifest, PodDocument, SkippedObject } from "./manifest.ts";
import { podOf } from "./podShape.ts";
import type { Positions } from "./positions.ts";
import type { KnownDocument, Read } from "./read.ts";
import { sourceMapOf } from "./sourceMap.ts";
import { type ManifestObject, objectsOf, textAt, valueAt } from "./workloads.ts";
import type { DuplicateKey } from "./yaml/decoder.ts";

interface PartSource {
  readonly file: string;
  readonly document: number;
  readonly positions: Positions;
  readonly podPaths: Parameters<typeof objectsOf>[1];
  /** Told the values of a document: is its tree kept for its source map, or read again? */
  readonly keepsTree: (values: number) => boolean;
}

/** @param known is told what the document holds */
export function readPart(read: Read, source: PartSource, known?: KnownTexts): Manifest {
  const { again, duplicates, tree, values } = read;
  const { file, document, positions, podPaths, keepsTree } = source;
  const sourceMap = sourceMapOf(positions, keepsTree(values) ? () => tree : again);
  const pods: PodDocument[] = [];
  const skipped: SkippedObject[] = [];
  for (const found of objectsOf(tree.root.json, podPaths)) {
    const { kind, object, objectPath } = found;
    if (found.podPaths.length === 0 || !isJsonObject(object)) {
      skipped.push({ document, kind, object, objectPath, sourceMap });
    } else pods.push(...podsOf(found, object, { file, document, sourceMap }, duplicates));
  }
  const [pod, ...others] = pods;
  if (known !== undefined && pod !== undefined && others.length + skipped.length === 0) {
    const text = positions.text.slice(tree.offset, tree.end);
    known.learn(pod, { text, values, start: positions.at(tree.offset) });
  }
  return { pods, skipped, errors: [] };
}

/** Its pod is read when more is asked of it than its text tells. */
export function knownPart({ known, offset, read }: KnownDocument, source: PartSource): Manifest {
  const { file, document, positions } = source;
  function readPod(): PodDocument {
    const [pod] = readPart(read(), source).pods;
    if (pod === undefined) throw new Error("a text like that of a pod holds none");
    return pod;
  }
  const place = { file, document, positions, start: positions.at(offset), read: readPod };
  return { pods: [known.document(place)], skipped: [], errors: [] };
}

function podsOf(
  { kind, objectPath, podPaths }: ManifestObject,
  object: JsonObject,
  source: Pick<PodDocument, "file" | "document" | "sourceMap">,
  duplicates: readonly DuplicateKey[],
): PodDocument[] {
  const metadata = isJsonObject(object["metadata"]) ? object["metadata"] : {};
  const named = {
    apiVersion: textAt(object, "apiVersion"),
    kind,
    name: textAt(metadata, "name") || textAt(metadata, "generateName"),
    namespace: textAt(metadata, "namespace") || undefined,
  };
  const findings = duplicateKeys(duplicates, objectPath);
  return podPaths.map((path) => ({
    ...source,
    workload: { ...named, podPath: [...objectPath, ...path] },
    objectPath,
    object,
    pod: podOf(valueAt(object, path)),
    findings,
  }));
}

/** As the API server warns of them in a JSON request; keys laid over each other by `<<` are meant. */
function duplicateKeys(duplicates: readonly DuplicateKey[], objectPath: FieldPath): Finding[] {
  return duplicates
    .filter(({ merged, path }) => !merged && startsWith(path, objectPath))
    .map(({ path }) => ({
      id: "manifest.duplicateKey",
      stage: "manifest",
      severity: "warning",
      path,
      message: `duplicate field "${toFieldPath(path.slice(objectPath.length))}"`,
      origin: "kube-apiserver",
    }));
}
