// A Namespace beside the pods whose name is none, or whose labels are no level or no version: the API server refuses it, and nobody knows what its pods must meet.
import type { ManifestError, SkippedObject } from "../manifest/manifest.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import { validateMetadata } from "../podsecurity/admitNamespace.ts";
import { defaultPolicy, policyToEvaluate } from "../podsecurity/policy.ts";
import { newInvalid } from "../podsecurity/status.ts";

const LABELS = "metadata.labels[";

/**
 * One error per field, at the field, in the words of the API server's 422; a version newer than any known is none: the
 * server judges by the newest that it knows.
 * @see pod-security-admission v0.37.2 admission/admission.go ValidateNamespace
 */
export function namespaceErrors(
  { kind, object, objectPath, document, sourceMap }: SkippedObject,
  file: string,
): ManifestError[] {
  if (kind !== "Namespace" || !isJsonObject(object) || object["apiVersion"] !== "v1") return [];
  const metadata = objectIn(object, "metadata");
  const name = typeof metadata["name"] === "string" ? metadata["name"] : "";
  const labels = objectIn(metadata, "labels");
  // Admission comes behind: it does not see what is no Namespace.
  const ofMetadata = validateMetadata({ name, labels }, name !== "");
  const errors =
    ofMetadata.length > 0 ? ofMetadata : policyToEvaluate(labels, defaultPolicy({})).errors;
  return errors.flatMap((error) => {
    const path = [...objectPath, ...stepsOf(error.field)];
    const place = (sourceMap.range(path) ?? sourceMap.nearest(path))?.start;
    if (place === undefined) return [];
    const { line, column } = place;
    const { message } = newInvalid("Namespace", name, [error]);
    const excerpt = sourceMap.excerpt(place);
    return [{ file, document, line, column, message, excerpt, isRefused: true as const }];
  });
}

function stepsOf(field: string): string[] {
  if (!field.startsWith(LABELS)) return field.split(".");
  return ["metadata", "labels", field.slice(LABELS.length, -1)];
}

function objectIn(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}
