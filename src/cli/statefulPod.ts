// The pod of a StatefulSet: its controller gives each a name with a number, a host name, and claims made of templates.
import { startOrdinal } from "../core/journey/podToRun.ts";
import type { PodDocument } from "../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";

/**
 * Of any other kind the document as it is.
 * @see kubernetes v1.37.2 pkg/controller/statefulset/stateful_set_utils.go updateIdentity
 */
export function withStatefulName(document: PodDocument): PodDocument {
  const { workload, pod, object } = document;
  if (workload.kind !== "StatefulSet" || workload.name === "") return document;
  const ordinal = startOrdinal(object);
  const name = `${workload.name}-${ordinal}`;
  const labels = {
    ...pod.metadata?.labels,
    "statefulset.kubernetes.io/pod-name": name,
    "apps.kubernetes.io/pod-index": String(ordinal),
  };
  return { ...document, pod: { ...pod, metadata: { ...pod.metadata, name, labels } } };
}

/** @see kubernetes v1.37.2 pkg/controller/statefulset/stateful_set_utils.go initIdentity */
export function withStatefulHost(pod: Pod, { workload, object }: PodDocument): Pod {
  if (workload.kind !== "StatefulSet") return pod;
  const { serviceName } = specOf(object);
  const hostname = pod.metadata?.name ?? workload.name;
  const subdomain = typeof serviceName === "string" ? { subdomain: serviceName } : {};
  return { ...pod, spec: { ...pod.spec, hostname, ...subdomain } };
}

export interface TemplateClaim {
  /** The template's own name. */
  readonly template: string;
  readonly claim: { readonly name: string; readonly object: JsonObject };
}

/**
 * The claims that the controller would have made; no object of the files is in their way.
 * @see kubernetes v1.37.2 pkg/controller/statefulset/stateful_set_utils.go getPersistentVolumeClaims
 */
export function templateClaims({ workload, object }: PodDocument): TemplateClaim[] {
  const templates = specOf(object)["volumeClaimTemplates"];
  if (workload.kind !== "StatefulSet" || !Array.isArray(templates)) return [];
  return templates.filter(isJsonObject).flatMap((template) => {
    const metadata = isJsonObject(template["metadata"]) ? template["metadata"] : {};
    const own = String(metadata["name"]);
    const name = `${own}-${workload.name}-${startOrdinal(object)}`;
    const { namespace } = workload;
    const given = { ...metadata, name, ...(namespace === undefined ? {} : { namespace }) };
    const identity = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: given };
    return [{ template: own, claim: { name, object: { ...template, ...identity } as JsonObject } }];
  });
}

function specOf(object: JsonObject): JsonObject {
  return isJsonObject(object["spec"]) ? object["spec"] : {};
}
