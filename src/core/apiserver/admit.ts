// A decoded object on its way to the store: prepared, validated and, if it passes, warned about.
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import type { ObjectMeta, PodSpec, Volume } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { decodeValue } from "./decode/decodeValue.ts";
import { structType } from "./decode/schema.ts";
import { setDefaultsPodSpec } from "./defaults/podSpec.ts";
import { dropDisabledFields } from "./dropDisabledFields.ts";
import { distinct, type FieldError } from "./fieldError.ts";
import type { WorkloadKind } from "./kinds.ts";
import type { PodOptions } from "./options.ts";
import { child, type Path } from "./path.ts";
import { type Prepared, prepareForCreate, templateOf } from "./prepare.ts";
import {
  validateCronJobName,
  validateObjectMeta,
  validateObjectName,
  warningsForName,
} from "./validation/objectMeta.ts";
import {
  type PodTemplateSpec,
  validatePodCreate,
  validatePodEphemeralContainersUpdate,
  validatePodTemplateSpec,
} from "./validation/pod.ts";
import { validateTemplateOf } from "./validation/workloads.ts";
import { warningsForPodSpecAndMeta } from "./warnings/podWarnings.ts";

export interface Admitted extends Prepared {
  readonly errors: readonly FieldError[];
}

/** A new Pod or workload. */
export function admitNew(object: JsonObject, kind: WorkloadKind, world: World): Admitted {
  const { template, warnings, synced } = prepareForCreate(object, kind, world);
  const isPod = kind.templatePath.length === 0;
  const options: PodOptions = isPod
    ? { world, resourceIsPod: true, metadata: template.metadata }
    : { world, resourceIsPod: false };
  const errors: FieldError[] = [];
  const path = pathOf(kind);
  const metadata = (isJsonObject(object["metadata"]) ? object["metadata"] : {}) as ObjectMeta;
  if (path === undefined) {
    validateObjectName(errors, kind.kind, metadata.name ?? "");
    validatePodCreate(errors, template, options);
  } else {
    validateObjectMeta(errors, kind.kind, metadata, template.metadata.labels);
    const judged = kind.claimsVolumes === true ? asInStatefulSet(template, object) : template;
    validatePodTemplateSpec(errors, path, judged, options);
    validateTemplateOf(errors, path, template.spec, {
      kind: kind.kind,
      podFailurePolicy: hasPodFailurePolicy(object, kind),
    });
    if (kind.kind === "CronJob") validateCronJobName(errors, metadata);
  }
  if (errors.length > 0) return { template, warnings, synced, errors: distinct(errors) };
  const named = warningsForName(kind.kind, metadata);
  const later = warningsForPodSpecAndMeta(path, template, world);
  return { template, warnings: warnings.concat(named, later), synced, errors };
}

function hasPodFailurePolicy(object: JsonObject, { templatePath }: WorkloadKind): boolean {
  let found: JsonValue | undefined = object;
  for (const step of templatePath.slice(0, -1))
    found = isJsonObject(found) ? found[step] : undefined;
  return isJsonObject(found) && found["podFailurePolicy"] !== undefined;
}

/** A StatefulSet names its pods itself, so what the template says of that is not looked at. */
function asInStatefulSet(template: PodTemplateSpec, object: JsonObject): PodTemplateSpec {
  const claimed = withClaimedVolumes(template, object);
  const { hostname, subdomain, ...rest } = claimed.spec;
  if (!hostname && !subdomain) return claimed;
  return { metadata: claimed.metadata, spec: rest as PodSpec };
}

/**
 * The volumes that a StatefulSet's controller will add stand before the template's own, and replace those of the same name.
 * @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go volumesToAddForTemplates
 */
function withClaimedVolumes(template: PodTemplateSpec, { spec }: JsonObject): PodTemplateSpec {
  const claims = isJsonObject(spec) ? spec["volumeClaimTemplates"] : undefined;
  if (!Array.isArray(claims)) return template;
  const claimed = new Map<string, Volume>();
  for (const { metadata } of claims as readonly { readonly metadata?: ObjectMeta }[]) {
    const name = metadata?.name ?? "";
    claimed.set(name, { name, persistentVolumeClaim: { claimName: name } });
  }
  const own = (template.spec.volumes ?? []).filter(({ name }) => !claimed.has(name));
  const volumes = [...claimed.values(), ...own];
  return { metadata: template.metadata, spec: { ...template.spec, volumes } };
}

/**
 * The same pod with ephemeral containers: of the object nothing else is taken.
 * @see kubernetes v1.37.2 pkg/registry/core/pod/strategy.go dropNonEphemeralContainerUpdates
 */
export function admitEphemeral(
  object: JsonObject,
  base: JsonObject,
  kind: WorkloadKind,
  world: World,
): Admitted {
  const running = decodeValue(base, structType(kind.type)).value as JsonObject;
  const old = prepareForCreate(running, kind, world).template;
  const { ephemeralContainers: _old, ...kept } = old.spec;
  const { ephemeralContainers } = setDefaultsPodSpec(templateOf(object, kind).spec, true);
  const merged: PodSpec =
    ephemeralContainers === undefined
      ? (kept as PodSpec)
      : { ...(kept as PodSpec), ephemeralContainers };
  const spec = dropDisabledFields(merged, world, old.spec);
  const template = { metadata: old.metadata, spec };
  const errors: FieldError[] = [];
  const { metadata } = template;
  const options: PodOptions = { world, resourceIsPod: true, metadata, oldSpec: old.spec };
  validatePodEphemeralContainersUpdate(errors, template, old, options);
  return { template, warnings: [], synced: [], errors: distinct(errors) };
}

/** Undefined for a Pod, whose own fields are the pod's. */
function pathOf({ templatePath }: WorkloadKind): Path | undefined {
  let path: Path | undefined;
  for (const step of templatePath) path = child(path, step);
  return path;
}
