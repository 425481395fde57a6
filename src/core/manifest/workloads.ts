// Which objects of a document carry pods, and where: what kubectl would send one by one.
import type { FieldPath } from "../model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { customPodPaths, type PodPath } from "./podPaths.ts";

/** An object that kubectl would send: the document itself, or an item of a list. */
export interface ManifestObject {
  readonly object: JsonValue;
  readonly kind: string;
  /** From the document's root. */
  readonly objectPath: FieldPath;
  /** Of each pod in it, from the object's root. */
  readonly podPaths: readonly FieldPath[];
}

export interface Kind {
  readonly groups: readonly string[];
  readonly path: FieldPath;
}

const TEMPLATE: FieldPath = ["spec", "template"];
const APPS = ["apps", "extensions"] as const;

/** Where Kubernetes' own kinds keep their pod. */
export const KINDS: Readonly<Record<string, Kind>> = {
  Pod: { groups: [""], path: [] },
  PodTemplate: { groups: [""], path: ["template"] },
  ReplicationController: { groups: [""], path: TEMPLATE },
  Deployment: { groups: APPS, path: TEMPLATE },
  ReplicaSet: { groups: APPS, path: TEMPLATE },
  StatefulSet: { groups: APPS, path: TEMPLATE },
  DaemonSet: { groups: APPS, path: TEMPLATE },
  Job: { groups: ["batch", "extensions"], path: TEMPLATE },
  CronJob: { groups: ["batch"], path: ["spec", "jobTemplate", "spec", "template"] },
};

/**
 * The objects of a document, items of lists one by one. An item that does not say its kind has that of its list.
 * @see k8s.io/apimachinery v0.37.2 pkg/apis/meta/v1/unstructured/unstructured.go decodeToList
 */
export function objectsOf(
  value: JsonValue,
  podPaths: readonly PodPath[],
  objectPath: FieldPath = [],
): ManifestObject[] {
  if (!isJsonObject(value)) return [{ object: value, kind: "", objectPath, podPaths: [] }];
  const kind = textAt(value, "kind");
  const { items } = value;
  if (kind.endsWith("List") && Array.isArray(items)) {
    const named = { apiVersion: textAt(value, "apiVersion"), kind: kind.slice(0, -"List".length) };
    return items.flatMap((item, index) =>
      objectsOf(withKind(item, named), podPaths, [...objectPath, "items", index]),
    );
  }
  return [{ object: value, kind, objectPath, podPaths: podPathsOf(value, kind, podPaths) }];
}

function withKind(item: JsonValue, named: JsonObject): JsonValue {
  if (named["kind"] === "" || !isJsonObject(item)) return item;
  return textAt(item, "kind") === "" && textAt(item, "apiVersion") === ""
    ? { ...item, ...named }
    : item;
}

function podPathsOf(
  object: JsonObject,
  kind: string,
  podPaths: readonly PodPath[],
): readonly FieldPath[] {
  const own = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (own === undefined) return customPodPaths(object, podPaths);
  return own.groups.includes(groupOf(object, own)) ? [own.path] : customPodPaths(object, podPaths);
}

/** An object without a version is still meant to be what it calls itself: the API server will say what is wrong. */
function groupOf(object: JsonObject, kind: Kind): string {
  const version = textAt(object, "apiVersion");
  if (version === "") return kind.groups[0] ?? "";
  const slash = version.indexOf("/");
  return slash === -1 ? "" : version.slice(0, slash);
}

/** Empty where there is no text. */
export function textAt(object: JsonObject, key: string): string {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === "string" ? value : "";
}

/** Undefined where a step leads to nothing. */
export function valueAt(value: JsonValue, path: FieldPath): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const step of path) {
    if (Array.isArray(at)) at = typeof step === "number" ? at[step] : undefined;
    else at = isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}
