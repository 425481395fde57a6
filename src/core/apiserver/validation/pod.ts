// A whole pod when it is created or gets ephemeral containers, and the template of a workload.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidatePodCreate, ValidatePodTemplateSpec
import type { ObjectMeta, PodSpec } from "../../model/pod.ts";
import { goQuote } from "../../rules/goText.ts";
import { sameJson } from "../../rules/sameJson.ts";
import { type FieldErrors, forbidden } from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, childShownAs, indexed, type Path } from "../path.ts";
import { validateAnnotations, validatePodSpecificAnnotations } from "./annotations.ts";
import { validateAppArmorAnnotationsAndFieldsMatchOnCreate } from "./appArmorProfile.ts";
import { validateContainerOnlyForPod } from "./containers.ts";
import { validateLabels } from "./labels.ts";
import { validatePodSpec } from "./podSpec.ts";
import { validateSeccompAnnotationsAndFields } from "./seccompProfile.ts";

/** What has a pod's metadata and spec: a Pod, or the template of a workload. */
export interface PodTemplateSpec {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
}

const MIRROR_POD_ANNOTATION = "kubernetes.io/config.mirror";
const SPEC = child(undefined, "spec");
const METADATA = child(undefined, "metadata");
const ANNOTATIONS = child(METADATA, "annotations");

export function validatePodCreate(
  errors: FieldErrors,
  pod: PodTemplateSpec,
  options: PodOptions,
): void {
  validatePodMetadataAndSpec(errors, pod, options);
  if ((pod.spec.ephemeralContainers?.length ?? 0) > 0) {
    forbidden(errors, child(SPEC, "ephemeralContainers"), "cannot be set on create");
  }
  const { nodeName, schedulingGates } = pod.spec;
  if (nodeName && Array.isArray(schedulingGates) && schedulingGates.length > 0) {
    const detail = "cannot be set until all schedulingGates have been cleared";
    forbidden(errors, child(SPEC, "nodeName"), detail);
  }
  validateSeccompAnnotationsAndFields(errors, SPEC, pod.metadata, pod.spec);
  validateAppArmorAnnotationsAndFieldsMatchOnCreate(errors, SPEC, pod.metadata, pod.spec);
}

function validatePodMetadataAndSpec(
  errors: FieldErrors,
  pod: PodTemplateSpec,
  options: PodOptions,
): void {
  const { metadata, spec } = pod;
  const { annotations } = metadata;
  validateLabelsOf(errors, METADATA, metadata);
  if (annotations !== undefined) {
    validateAnnotations(errors, ANNOTATIONS, annotations);
    validatePodSpecificAnnotations(errors, ANNOTATIONS, annotations, { spec, options });
  }
  validatePodSpec(errors, SPEC, spec, options);
  for (const list of ["containers", "initContainers"] as const) {
    pod.spec[list]?.forEach((container, index) => {
      validateContainerOnlyForPod(errors, indexed(child(SPEC, list), index), container);
    });
  }
}

function validateLabelsOf(errors: FieldErrors, path: Path, { labels }: ObjectMeta): void {
  if (labels !== undefined) validateLabels(errors, child(path, "labels"), labels);
}

export function validatePodTemplateSpec(
  errors: FieldErrors,
  path: Path,
  template: PodTemplateSpec,
  options: PodOptions,
): void {
  const { metadata, spec } = template;
  const specPath = child(path, "spec");
  validateTemplateMetadata(errors, path, template, options);
  validatePodSpec(errors, specPath, spec, options);
  validateSeccompAnnotationsAndFields(errors, specPath, metadata, spec);
  validateAppArmorAnnotationsAndFieldsMatchOnCreate(errors, specPath, metadata, spec);
  if ((spec.ephemeralContainers?.length ?? 0) > 0) {
    const detail = "ephemeral containers not allowed in pod template";
    forbidden(errors, child(specPath, "ephemeralContainers"), detail);
  }
}

/** The template's labels and annotations. */
export function validateTemplateMetadata(
  errors: FieldErrors,
  path: Path,
  { metadata, spec }: PodTemplateSpec,
  options: PodOptions,
): void {
  // The server's path skips `metadata` here.
  validateLabelsOf(errors, childShownAs(path, "metadata", ""), metadata);
  if (metadata.annotations !== undefined) {
    const annotationsPath = child(childShownAs(path, "metadata", ""), "annotations");
    validateAnnotations(errors, annotationsPath, metadata.annotations);
    validatePodSpecificAnnotations(errors, annotationsPath, metadata.annotations, {
      spec,
      options,
    });
  }
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidatePodEphemeralContainersUpdate */
export function validatePodEphemeralContainersUpdate(
  errors: FieldErrors,
  pod: PodTemplateSpec,
  old: PodTemplateSpec,
  options: PodOptions,
): void {
  if (old.metadata.annotations?.[MIRROR_POD_ANNOTATION] !== undefined) {
    const nowhere = { parent: undefined, step: "spec", shown: "[]" };
    forbidden(errors, nowhere, "static pods do not support ephemeral containers");
    return;
  }
  validatePodMetadataAndSpec(errors, pod, options);
  const path = child(SPEC, "ephemeralContainers");
  const { ephemeralContainers: after = [] } = pod.spec;
  for (const before of old.spec.ephemeralContainers ?? []) {
    const same = after.findLast(({ name }) => name === before.name);
    const named = `existing ephemeral containers ${goQuote(before.name)}`;
    if (same === undefined) forbidden(errors, path, `${named} may not be removed\n`);
    // The server prints a diff of its internal struct behind this, which nothing here can word.
    else if (!sameJson(before, same)) forbidden(errors, path, `${named} may not be changed\n`);
  }
}
