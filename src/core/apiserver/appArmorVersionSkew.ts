// A new pod's deprecated AppArmor annotations become fields, with a warning.
// @see kubernetes v1.37.2 pkg/registry/core/pod/strategy.go applyAppArmorVersionSkew
import type { FieldPath } from "../model/finding.ts";
import type { Container, ObjectMeta, PodSpec } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import {
  APPARMOR_ANNOTATION_PREFIX,
  appArmorDeprecation,
  appArmorFieldForAnnotation,
  sameAppArmorProfile,
} from "./appArmorAnnotation.ts";
import { CONTAINER_LISTS } from "./containers.ts";
import { child, keyed } from "./path.ts";
import { validateAppArmorProfileField } from "./validation/appArmorProfile.ts";
import type { Warning } from "./warning.ts";

const ANNOTATIONS = child(child(undefined, "metadata"), "annotations");

export interface SkewedPod {
  readonly spec: PodSpec;
  readonly warnings: readonly Warning[];
  /** Paths of the containers that have got a profile, from the pod's root. */
  readonly synced: readonly FieldPath[];
}

/** `spec` itself where nothing is synced. */
export function applyAppArmorVersionSkew(spec: PodSpec, meta: ObjectMeta, world: World): SkewedPod {
  const { annotations } = meta;
  const unchanged = { spec, warnings: [], synced: [] };
  if (annotations === undefined || !hasAnnotation(annotations)) return unchanged;
  if (spec.os?.name === "windows" || !gateEnabled(world, "AppArmorFields")) return unchanged;
  const podProfile = spec.securityContext?.appArmorProfile;
  const warnings: Warning[] = [];
  const synced: FieldPath[] = [];
  const changed: Record<string, readonly Container[]> = {};
  for (const list of CONTAINER_LISTS) {
    const containers = spec[list]?.map((container, index) => {
      const key = APPARMOR_ANNOTATION_PREFIX + container.name;
      const annotation = annotations[key];
      const { securityContext } = container;
      if (annotation === undefined || securityContext?.appArmorProfile !== undefined)
        return container;
      const appArmorProfile = validField(annotation);
      if (appArmorProfile !== undefined && sameAppArmorProfile(appArmorProfile, podProfile)) {
        return container;
      }
      warnings.push(appArmorDeprecation(keyed(ANNOTATIONS, key)));
      if (appArmorProfile === undefined) return container;
      synced.push(["spec", list, index]);
      return { ...container, securityContext: { ...securityContext, appArmorProfile } };
    });
    if (containers !== undefined) changed[list] = containers;
  }
  return { spec: synced.length === 0 ? spec : { ...spec, ...changed }, warnings, synced };
}

function hasAnnotation(annotations: Readonly<Record<string, string>>): boolean {
  for (const key in annotations) {
    if (key.startsWith(APPARMOR_ANNOTATION_PREFIX)) return true;
  }
  return false;
}

/** An invalid value is not copied. */
function validField(annotation: string): ReturnType<typeof appArmorFieldForAnnotation> {
  const field = appArmorFieldForAnnotation(annotation);
  if (field === undefined) return undefined;
  const errors: Parameters<typeof validateAppArmorProfileField>[0] = [];
  validateAppArmorProfileField(errors, ANNOTATIONS, field);
  return errors.length === 0 ? field : undefined;
}
