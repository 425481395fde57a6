// A decoded object on its way to the store: prepared, validated and, if it passes, warned about.
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { ObjectMeta, PodSpec } from "../model/pod.ts";
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
  validateNameIsThere,
  validateNamespace,
  validateObjectName,
  warningsForName,
} from "./validation/objectMeta.ts";
import { validatePodCreate, validatePodEphemeralContainersUpdate } from "./validation/pod.ts";
import { validateWorkload } from "./validation/workloads/workload.ts";
import { warningsForPodSpecAndMeta } from "./warnings/podWarnings.ts";
import { warningsForWorkload } from "./warnings/workloadWarnings.ts";

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
    validateNameIsThere(errors, metadata);
    validateObjectName(errors, kind.kind, metadata, world);
    validateNamespace(errors, metadata);
    validatePodCreate(errors, template, options);
  } else {
    const spec = isJsonObject(object["spec"]) ? object["spec"] : {};
    validateWorkload(errors, kind.kind, { metadata, spec, template, options });
  }
  if (errors.length > 0) return { template, warnings, synced, errors: distinct(errors) };
  const named = warningsForName(kind.kind, metadata, world);
  const ofPods = warningsForPodSpecAndMeta(path, template, world);
  const all = warningsForWorkload(kind.kind, object, ofPods, world);
  return { template, warnings: warnings.concat(named, all), synced, errors };
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
