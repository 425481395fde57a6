// Takes the pod out of a decoded object and makes it what the server would store: defaults, gates, synced annotations.
// @see kubernetes v1.37.2 pkg/registry/core/pod/strategy.go PrepareForCreate
import type { FieldPath } from "../model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import type { ObjectMeta, PodSpec } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { applyAppArmorVersionSkew } from "./appArmorVersionSkew.ts";
import { setDefaultsPodSpec } from "./defaults/podSpec.ts";
import { dropDisabledFields } from "./dropDisabledFields.ts";
import type { WorkloadKind } from "./kinds.ts";
import { applySeccompVersionSkew } from "./seccompVersionSkew.ts";
import type { PodTemplateSpec } from "./validation/pod.ts";
import type { Warning } from "./warning.ts";

export interface Prepared {
  readonly template: PodTemplateSpec;
  readonly warnings: readonly Warning[];
  /** Containers that have got an AppArmor profile from an annotation. */
  readonly synced: readonly FieldPath[];
}

export function prepareForCreate(object: JsonObject, kind: WorkloadKind, world: World): Prepared {
  const { metadata, spec } = templateOf(object, kind);
  const isPod = kind.templatePath.length === 0;
  const defaulted = dropDisabledFields(setDefaultsPodSpec(spec, isPod), world);
  const meta = withoutInitContainerAnnotations(metadata);
  if (!isPod) return { template: { metadata: meta, spec: defaulted }, warnings: [], synced: [] };
  const seccomp = applySeccompVersionSkew(defaulted, meta, world);
  const skewed = applyAppArmorVersionSkew(seccomp, meta, world);
  return {
    template: { metadata: meta, spec: skewed.spec },
    warnings: skewed.warnings,
    synced: skewed.synced,
  };
}

/** What has the pod's metadata and spec; an absent part is empty, as Go's zero values are. */
export function templateOf(object: JsonObject, kind: WorkloadKind): PodTemplateSpec {
  let found: JsonValue | undefined = object;
  for (const step of kind.templatePath) found = isJsonObject(found) ? found[step] : undefined;
  const { metadata, spec } = isJsonObject(found) ? found : {};
  return { metadata: (metadata ?? {}) as ObjectMeta, spec: (spec ?? {}) as unknown as PodSpec };
}

const INIT_CONTAINER_ANNOTATIONS: readonly string[] = [
  "pod.beta.kubernetes.io/init-containers",
  "pod.alpha.kubernetes.io/init-containers",
  "pod.beta.kubernetes.io/init-container-statuses",
  "pod.alpha.kubernetes.io/init-container-statuses",
];

/** @see kubernetes v1.37.2 pkg/api/pod/util.go DropInitContainerAnnotations */
function withoutInitContainerAnnotations(metadata: ObjectMeta): ObjectMeta {
  const { annotations } = metadata;
  if (annotations === undefined) return metadata;
  if (!INIT_CONTAINER_ANNOTATIONS.some((key) => Object.hasOwn(annotations, key))) return metadata;
  const kept = Object.entries(annotations).filter(
    ([key]) => !INIT_CONTAINER_ANNOTATIONS.includes(key),
  );
  return { ...metadata, annotations: Object.fromEntries(kept) };
}
