// Warnings about an accepted pod or template, in the server's order.
// @see kubernetes v1.37.2 pkg/api/pod/warnings.go warningsForPodSpecAndMeta
import type { AppArmorProfile, PodSpec } from "../../model/pod.ts";
import { at, type Versioned } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import {
  APPARMOR_ANNOTATION_PREFIX,
  appArmorDeprecation,
  appArmorFieldForAnnotation,
  sameAppArmorProfile,
} from "../appArmorAnnotation.ts";
import { visitContainers } from "../containers.ts";
import { child, keyed, type Path } from "../path.ts";
import type { PodTemplateSpec } from "../validation/pod.ts";
import {
  SECCOMP_CONTAINER_ANNOTATION_PREFIX,
  SECCOMP_POD_ANNOTATION,
} from "../validation/seccompProfile.ts";
import { type Warning, warningAt } from "../warning.ts";
import { warningsForNodes } from "./nodeWarnings.ts";
import { warningsForOverlaps } from "./overlapWarnings.ts";
import { warningsForPorts } from "./portWarnings.ts";
import { warningsForContainer, warningsForLists, warningsForRest } from "./restWarnings.ts";
import { warningsForVolumes } from "./volumeWarnings.ts";

const DEPRECATED: readonly (readonly [key: string, text: string])[] = [
  [
    "scheduler.alpha.kubernetes.io/critical-pod",
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  ],
  [
    "security.alpha.kubernetes.io/sysctls",
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
  [
    "security.alpha.kubernetes.io/unsafe-sysctls",
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
];
/** @see kubernetes v1.22.17, v1.23.17, v1.25.16 and v1.27.16 pkg/api/pod/warnings.go; before 1.22 there was no warning */
const SECCOMP: Versioned<string> = [
  { since: "v1.22", value: 'deprecated since v1.19; use the "seccompProfile" field instead' },
  {
    since: "v1.23",
    value:
      'deprecated since v1.19, non-functional in v1.25+; use the "seccompProfile" field instead',
  },
  {
    since: "v1.25",
    value:
      'deprecated since v1.19, non-functional in a future release; use the "seccompProfile" field instead',
  },
  {
    since: "v1.27",
    value: 'non-functional in v1.27+; use the "seccompProfile" field instead',
  },
];

/** `path` leads to the template; of a Pod itself it is undefined. */
export function warningsForPodSpecAndMeta(
  path: Path | undefined,
  { spec, metadata }: PodTemplateSpec,
  world: World,
): Warning[] {
  const warnings: Warning[] = [];
  const { annotations } = metadata;
  const specPath = child(path, "spec");
  warningsForNodes(warnings, specPath, spec);
  if (annotations !== undefined) {
    const annotationsPath = child(child(path, "metadata"), "annotations");
    for (const [key, text] of DEPRECATED) {
      if (annotations[key] !== undefined)
        warnings.push(warningAt(keyed(annotationsPath, key), text));
    }
  }
  warningsForVolumes(warnings, child(specPath, "volumes"), spec.volumes, world);
  warningsForOverlaps(warnings, spec.volumes);
  warningsForLists(warnings, specPath, spec);
  warningsForContainers(warnings, path, spec, { annotations: annotations ?? {}, world });
  warningsForPorts(warnings, specPath, spec);
  warningsForRest(warnings, specPath, spec, path !== undefined);
  return warnings;
}

/** Profiles in annotations, and what containers have beside. */
function warningsForContainers(
  warnings: Warning[],
  path: Path | undefined,
  spec: PodSpec,
  { annotations, world }: { annotations: Readonly<Record<string, string>>; world: World },
): void {
  const seccomp = at(SECCOMP, world.kubernetes);
  const annotationsPath = child(child(path, "metadata"), "annotations");
  const podContext = spec.securityContext;
  if (
    seccomp !== undefined &&
    podContext?.seccompProfile === undefined &&
    annotations[SECCOMP_POD_ANNOTATION] !== undefined
  ) {
    warnings.push(warningAt(keyed(annotationsPath, SECCOMP_POD_ANNOTATION), seccomp));
  }
  const specPath = child(path, "spec");
  visitContainers(spec, specPath, (container, containerPath) => {
    const { name, securityContext } = container;
    const seccompKey = SECCOMP_CONTAINER_ANNOTATION_PREFIX + name;
    if (
      seccomp !== undefined &&
      securityContext?.seccompProfile === undefined &&
      annotations[seccompKey] !== undefined
    ) {
      warnings.push(warningAt(keyed(annotationsPath, seccompKey), seccomp));
    }
    // A Pod's own annotation has become a field by now, or has been warned about.
    if (path !== undefined && securityContext?.appArmorProfile === undefined) {
      const appArmorKey = APPARMOR_ANNOTATION_PREFIX + name;
      const annotation = annotations[appArmorKey];
      if (annotation !== undefined && !isOfPod(annotation, podContext?.appArmorProfile)) {
        warnings.push(appArmorDeprecation(keyed(annotationsPath, appArmorKey)));
      }
    }
    warningsForContainer(warnings, containerPath, container, path === undefined);
  });
}

function isOfPod(annotation: string, profile: AppArmorProfile | undefined): boolean {
  const field = appArmorFieldForAnnotation(annotation);
  return profile !== undefined && field !== undefined && sameAppArmorProfile(field, profile);
}
