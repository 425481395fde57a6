// Where the objects that Pod Security admission looks at keep their pod.
import type { FieldPath } from "../model/finding.ts";
import type { JsonObject } from "../model/json.ts";
import type { Pod } from "../model/pod.ts";
import { isObject } from "./podView.ts";

const SPEC_TEMPLATE: FieldPath = ["spec", "template"];

/** API group (`""` for core) and kind → steps from the object to what has the pod's metadata and spec. */
const POD_PATHS: ReadonlyMap<string, FieldPath> = new Map<string, FieldPath>([
  ["/Pod", []],
  ["/PodTemplate", ["template"]],
  ["/ReplicationController", SPEC_TEMPLATE],
  ["apps/ReplicaSet", SPEC_TEMPLATE],
  ["apps/Deployment", SPEC_TEMPLATE],
  ["apps/StatefulSet", SPEC_TEMPLATE],
  ["apps/DaemonSet", SPEC_TEMPLATE],
  ["batch/Job", SPEC_TEMPLATE],
  ["batch/CronJob", ["spec", "jobTemplate", ...SPEC_TEMPLATE]],
]);

export interface PodInObject {
  readonly path: FieldPath;
  readonly pod: Pod;
}

/**
 * The pod in an object; undefined for a kind without one, or a ReplicationController that has no template.
 * @see pod-security-admission v0.37.2 admission/admission.go ExtractPodSpec
 */
export function podOf(object: JsonObject): PodInObject | undefined {
  const { apiVersion } = object;
  const kind = kindOf(object);
  const path = POD_PATHS.get(`${groupOf(apiVersion)}/${kind}`);
  if (path === undefined) return undefined;
  let value: unknown = object;
  for (const step of path) {
    value = isObject(value) ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
  }
  if (!isObject(value)) return undefined;
  return { path, pod: value as Pod };
}

/** The kind; an object without one is a Pod if it has containers, else a Namespace. */
export function kindOf(object: JsonObject): string {
  const { kind, spec } = object;
  if (typeof kind === "string") return kind;
  return isObject(spec) && "containers" in spec ? "Pod" : "Namespace";
}

function groupOf(apiVersion: unknown): string {
  const text = typeof apiVersion === "string" ? apiVersion : "v1";
  return text.includes("/") ? text.slice(0, text.indexOf("/")) : "";
}
