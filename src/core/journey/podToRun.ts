// The pod that the kubelet gets: what the API server made of it, or what a controller makes of a workload's template.
import { type ApiAnswer, type ApiRequest, apiserver } from "../apiserver/apiserver.ts";
import type { PodDocument } from "../manifest/manifest.ts";
import type { JsonObject } from "../model/json.ts";
import { containersOf, type ObjectMeta, type Pod, type PodSpec } from "../model/pod.ts";
import type { World } from "../model/world.ts";

/** A pod that no API server has seen has no uid: its messages say so. */
const NO_UID = "<uid>";

/** The kinds whose objects a kube-apiserver has built in. */
const BUILT_IN: readonly string[] = [
  "Pod",
  "PodTemplate",
  "Deployment",
  "ReplicaSet",
  "StatefulSet",
  "DaemonSet",
  "ReplicationController",
  "Job",
  "CronJob",
];

export function isBuiltIn(kind: string): boolean {
  return BUILT_IN.includes(kind);
}

/** What is asked of the API server: the object; of a custom kind, whose rules nobody here knows, the pod that it makes. */
export function createRequest(document: PodDocument, world: World): ApiRequest {
  const { workload, object, pod } = document;
  if (isBuiltIn(workload.kind)) {
    return { operation: "create", kind: workload.kind, object };
  }
  const metadata = metadataOf(document, world, pod.metadata?.annotations);
  const created = { apiVersion: "v1", kind: "Pod", metadata, spec: pod.spec };
  return { operation: "create", kind: "Pod", object: created as unknown as JsonObject };
}

/** What a controller makes of a template is created as a pod of its own, so it is defaulted as one. */
export function podToRun(
  document: PodDocument,
  answer: ApiAnswer,
  world: World,
  options: { readonly allStages?: boolean },
): Pod | null {
  const { workload, pod } = document;
  const metadata = metadataOf(document, world, answer.annotations);
  if (answer.spec === null) {
    return options.allStages === true && hasContainers(pod.spec)
      ? { metadata, spec: pod.spec }
      : null;
  }
  if (workload.kind === "Pod") return { metadata, spec: answer.spec };
  const spec = withClaims(answer.spec, document);
  const object = { apiVersion: "v1", kind: "Pod", metadata, spec };
  const created = apiserver(
    { operation: "create", kind: "Pod", object: object as unknown as JsonObject },
    world,
  );
  const annotations = created.out.annotations;
  return {
    metadata: annotations === undefined ? metadata : { ...metadata, annotations },
    spec: created.out.spec ?? answer.spec,
  };
}

function hasContainers(spec: PodSpec | undefined): boolean {
  return Array.isArray(spec?.containers) && containersOf(spec).every((at) => at.container !== null);
}

function metadataOf(
  document: PodDocument,
  world: World,
  annotations: Readonly<Record<string, string>> | undefined,
): ObjectMeta {
  const { workload, pod } = document;
  const told = {
    name: pod.metadata?.name ?? workload.name,
    namespace: workload.namespace ?? world.namespace.name,
    uid: pod.metadata?.uid ?? NO_UID,
  };
  // Not a spread: V8 makes a new hidden class for every copy that grows.
  const metadata: ObjectMeta = Object.assign({}, pod.metadata, told);
  return annotations === undefined ? metadata : { ...metadata, annotations };
}

/**
 * A StatefulSet's controller gives each pod the claims of the templates as volumes, in place of volumes of their names.
 * @see kubernetes v1.37.2 pkg/controller/statefulset/stateful_set_utils.go updateStorage
 */
function withClaims(spec: PodSpec, { workload, object }: PodDocument): PodSpec {
  const templates = (object["spec"] as JsonObject | undefined)?.["volumeClaimTemplates"];
  if (workload.kind !== "StatefulSet" || !Array.isArray(templates)) return spec;
  const names = templates.flatMap((template) => {
    const name = (template as ObjectLike | null)?.metadata?.name;
    return typeof name === "string" ? [name] : [];
  });
  const claims = names.map((name) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${workload.name}-${startOrdinal(object)}` },
  }));
  const others = (spec.volumes ?? []).filter(({ name }) => !names.includes(name));
  return { ...spec, volumes: [...claims, ...others] };
}

/**
 * The number of a StatefulSet's first pod.
 * @see kubernetes v1.37.2 pkg/controller/statefulset/stateful_set_utils.go getStartOrdinal
 */
export function startOrdinal(set: JsonObject): number {
  const { ordinals } = (set["spec"] ?? {}) as { readonly ordinals?: { readonly start?: unknown } };
  const start = Number(ordinals?.start ?? 0);
  return Number.isInteger(start) ? start : 0;
}

interface ObjectLike {
  readonly metadata?: { readonly name?: unknown };
}
