// The pod that the kubelet gets: what the API server made of it, or what a controller makes of a workload's template.
import { type ApiAnswer, apiserver } from "../apiserver/apiserver.ts";
import type { PodDocument } from "../manifest/manifest.ts";
import type { JsonObject } from "../model/json.ts";
import { containersOf, type ObjectMeta, type Pod, type PodSpec } from "../model/pod.ts";
import type { World } from "../model/world.ts";

/** A pod that no API server has seen has no uid: its messages say so. */
const NO_UID = "<uid>";

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
  const object = { apiVersion: "v1", kind: "Pod", metadata, spec: answer.spec };
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
  const metadata: ObjectMeta = {
    ...pod.metadata,
    name: pod.metadata?.name ?? workload.name,
    namespace: workload.namespace ?? world.namespace.name,
    uid: pod.metadata?.uid ?? NO_UID,
  };
  return annotations === undefined ? metadata : { ...metadata, annotations };
}
