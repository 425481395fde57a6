// Objects that kubectl does not send: they do not say their kind, or not in which version it is.
import type { ManifestError, PodDocument, SkippedObject } from "../manifest/manifest.ts";
import { nearWorkload, type Unserved, unservedKind } from "../manifest/servedKinds.ts";
import { untoldPodPath } from "../manifest/untoldPod.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { writeJson } from "../rules/json.ts";

/** As much of the object as the sentence shows. */
const SHOWN = 120;

/**
 * An object without a kind that is meant for the API server: it says an apiVersion and has metadata or a spec, or it is a pod or
 * holds a template. Values, charts and their indexes are neither.
 * @see apimachinery v0.37.2 pkg/runtime/error.go missingKindErr.Error
 */
export function kindlessError(
  { kind, object, objectPath, document, sourceMap }: SkippedObject,
  file: string,
): ManifestError | undefined {
  if (kind !== "" || !isJsonObject(object) || !isMeant(object)) return undefined;
  const place = sourceMap.nearest(objectPath)?.start ?? sourceMap.begin();
  if (place === undefined) return undefined;
  const json = writeJson(sorted(object));
  const shown = json.length > SHOWN ? `${json.slice(0, SHOWN)}…` : json;
  const { line, column } = place;
  const message = `Object 'Kind' is missing in '${shown}'`;
  return { file, document, line, column, message, excerpt: sourceMap.excerpt(place) };
}

/** A workload of which no API server has the kind, at its kind: what it holds would never be created. */
export function unservedError(
  { kind, object, objectPath, document, sourceMap }: SkippedObject,
  file: string,
): ManifestError | undefined {
  if (kind === "" || !isJsonObject(object)) return undefined;
  const said = unservedKind(kind, object["apiVersion"]) ?? versionless(kind, object);
  const place = sourceMap.nearest([...objectPath, "kind"])?.start;
  if (said === undefined || place === undefined) return undefined;
  const { line, column } = place;
  return { file, document, line, column, excerpt: sourceMap.excerpt(place), ...said };
}

/** Values of a chart may say `kind: deployment`, too: they have neither metadata nor a spec. */
function versionless(kind: string, { apiVersion = null, metadata, spec }: JsonObject) {
  if (apiVersion !== null || !(isJsonObject(metadata) || isJsonObject(spec))) return undefined;
  const meant = nearWorkload(kind);
  if (meant === undefined || meant === kind) return undefined;
  return { message: NO_VERSION, hint: `did you mean ${meant}?` } satisfies Unserved;
}

/** @see kubectl v0.37.2 pkg/validation/schema.go getObjectKind */
const NO_VERSION = "error validating data: apiVersion not set";

function isMeant(object: JsonObject): boolean {
  const { apiVersion, metadata, spec } = object;
  if (typeof apiVersion === "string" && apiVersion !== "")
    return isJsonObject(metadata) || isJsonObject(spec);
  const path = isJsonObject(spec) ? untoldPodPath({ pod: object }) : undefined;
  return path === "pod" || path === "pod.spec.template";
}

/** As kubectl has it: keys in order. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => sorted(item));
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/**
 * kubectl's validation refuses a pod or workload without apiVersion; sent all the same, it would go where nothing is.
 * @see kubectl v0.37.2 pkg/validation/schema.go getObjectKind
 */
export function versionlessError({
  file,
  document,
  object,
  objectPath,
  sourceMap,
}: PodDocument): ManifestError | undefined {
  const { apiVersion = null } = object;
  if (apiVersion !== null && apiVersion !== "") return undefined;
  const place = sourceMap.nearest([...objectPath, "kind"])?.start ?? sourceMap.begin();
  if (place === undefined) return undefined;
  const { line, column } = place;
  const message =
    apiVersion === null ? NO_VERSION : "the server could not find the requested resource";
  const excerpt = sourceMap.excerpt(place);
  return { file, document, line, column, message, excerpt, isRefused: true as const };
}
