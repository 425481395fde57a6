// The seccompProfile field, the annotations it has replaced, and that the two agree.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateSeccompProfileField
import type { ObjectMeta, PodSpec, SeccompProfile } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import { visitContainers } from "../containers.ts";
import { type FieldErrors, forbidden, invalid, notSupported, required } from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { profileJson } from "./internalJson.ts";
import { validateLocalDescendingPath } from "./localPath.ts";
import { PROFILE_TYPES } from "./profileTypes.ts";

export const SECCOMP_POD_ANNOTATION = "seccomp.security.alpha.kubernetes.io/pod";
export const SECCOMP_CONTAINER_ANNOTATION_PREFIX =
  "container.seccomp.security.alpha.kubernetes.io/";

const RUNTIME_DEFAULT = "runtime/default";
const DOCKER_DEFAULT = "docker/default";
const UNCONFINED = "unconfined";
const LOCALHOST_PREFIX = "localhost/";

export function validateSeccompProfileField(
  errors: FieldErrors,
  path: Path,
  profile: SeccompProfile,
): void {
  const { type = "", localhostProfile } = profile;
  if (type === "")
    required(errors, child(path, "type"), "type is required when seccompProfile is set");
  else if (!PROFILE_TYPES.includes(type)) {
    notSupported(errors, child(path, "type"), goJsonString(type), PROFILE_TYPES);
  }
  if (type !== "Localhost") {
    if (localhostProfile === undefined) return;
    const detail = "can only be set when seccomp type is Localhost";
    invalid(errors, child(path, "localhostProfile"), profileJson(profile), detail);
  } else if (localhostProfile === undefined) {
    const detail = "must be set when seccomp type is Localhost";
    required(errors, child(path, "localhostProfile"), detail);
  } else validateLocalDescendingPath(errors, child(path, "localhostProfile"), localhostProfile);
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateSeccompPodAnnotations */
export function validateSeccompPodAnnotations(
  errors: FieldErrors,
  path: Path,
  annotations: Readonly<Record<string, string>>,
): void {
  const ofPod = annotations[SECCOMP_POD_ANNOTATION];
  if (ofPod !== undefined) {
    validateSeccompProfile(errors, child(path, SECCOMP_POD_ANNOTATION), ofPod);
  }
  for (const key in annotations) {
    if (!key.startsWith(SECCOMP_CONTAINER_ANNOTATION_PREFIX)) continue;
    validateSeccompProfile(errors, child(path, key), annotations[key] ?? "");
  }
}

function validateSeccompProfile(errors: FieldErrors, path: Path, profile: string): void {
  if (profile === RUNTIME_DEFAULT || profile === DOCKER_DEFAULT || profile === UNCONFINED) return;
  if (profile.startsWith(LOCALHOST_PREFIX)) {
    validateLocalDescendingPath(errors, path, profile.slice(LOCALHOST_PREFIX.length));
  } else invalid(errors, path, goQuote(profile), "must be a valid seccomp profile");
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateSeccompAnnotationsAndFields */
export function validateSeccompAnnotationsAndFields(
  errors: FieldErrors,
  specPath: Path,
  meta: ObjectMeta,
  spec: PodSpec,
): void {
  const { annotations } = meta;
  if (annotations === undefined) return;
  const ofPod = annotations[SECCOMP_POD_ANNOTATION];
  const podProfile = spec.securityContext?.seccompProfile;
  if (podProfile !== undefined && ofPod !== undefined) {
    const path = child(child(specPath, "securityContext"), "seccompProfile");
    validateSeccompAnnotationsAndFieldsMatch(errors, path, ofPod, podProfile);
  }
  visitContainers(spec, specPath, ({ name, securityContext }, path) => {
    const profile = securityContext?.seccompProfile;
    const annotation = annotations[SECCOMP_CONTAINER_ANNOTATION_PREFIX + name];
    if (profile === undefined || annotation === undefined) return;
    const profilePath = child(child(path(), "securityContext"), "seccompProfile");
    validateSeccompAnnotationsAndFieldsMatch(errors, profilePath, annotation, profile);
  });
}

function validateSeccompAnnotationsAndFieldsMatch(
  errors: FieldErrors,
  path: Path,
  annotation: string,
  { type, localhostProfile }: SeccompProfile,
): void {
  if (!PROFILE_TYPES.includes(type ?? "")) return;
  if (!annotationHasType(annotation, type)) {
    forbidden(errors, child(path, "type"), "seccomp type in annotation and field must match");
  } else if (
    type === "Localhost" &&
    annotation.slice(LOCALHOST_PREFIX.length) !== localhostProfile
  ) {
    const detail = "seccomp profile in annotation and field must match";
    forbidden(errors, child(path, "localhostProfile"), detail);
  }
}

function annotationHasType(annotation: string, type: string | undefined): boolean {
  if (type === "Unconfined") return annotation === UNCONFINED;
  if (type === "Localhost") return annotation.startsWith(LOCALHOST_PREFIX);
  return annotation === RUNTIME_DEFAULT || annotation === DOCKER_DEFAULT;
}
