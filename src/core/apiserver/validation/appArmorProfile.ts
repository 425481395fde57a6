// The appArmorProfile field, the annotations it has replaced, and that the two agree.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateAppArmorProfileField
import type { AppArmorProfile, ObjectMeta, PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { trimSpace, utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import {
  APPARMOR_ANNOTATION_PREFIX,
  APPARMOR_LOCALHOST_PREFIX,
  APPARMOR_RUNTIME_DEFAULT,
  APPARMOR_UNCONFINED,
} from "../appArmorAnnotation.ts";
import { visitContainers } from "../containers.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from "../fieldError.ts";
import { child, keyed, type Path } from "../path.ts";
import { PROFILE_TYPES } from "./profileTypes.ts";

/** PATH_MAX − 1. */
const LONGEST = 4095;

export function validateAppArmorProfileField(
  errors: FieldErrors,
  path: Path,
  profile: AppArmorProfile,
): void {
  const { type = "", localhostProfile } = profile;
  const profilePath = child(path, "localhostProfile");
  if (type === "")
    required(errors, child(path, "type"), "type is required when appArmorProfile is set");
  else if (!PROFILE_TYPES.includes(type)) {
    notSupported(errors, child(path, "type"), goJsonString(type), PROFILE_TYPES);
  } else if (type !== "Localhost") {
    if (localhostProfile === undefined) return;
    const detail = "can only be set when AppArmor type is Localhost";
    invalid(errors, profilePath, goJsonString(localhostProfile), detail);
  } else validateLocalhostProfile(errors, profilePath, localhostProfile);
}

function validateLocalhostProfile(errors: FieldErrors, path: Path, name: string | undefined): void {
  const absent = "must be set when AppArmor type is Localhost";
  if (name === undefined) {
    required(errors, path, absent);
    return;
  }
  if (trimSpace(name) !== name) {
    invalid(errors, path, goQuote(name), "must not be padded with whitespace");
  } else if (name === "") required(errors, path, absent);
  if (utf8Length(name) > LONGEST) tooLong(errors, path, LONGEST);
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateAppArmorPodAnnotations */
export function validateAppArmorPodAnnotations(
  errors: FieldErrors,
  path: Path,
  annotations: Readonly<Record<string, string>>,
  spec: PodSpec,
): void {
  for (const key in annotations) {
    if (!key.startsWith(APPARMOR_ANNOTATION_PREFIX)) continue;
    const name = key.slice(APPARMOR_ANNOTATION_PREFIX.length);
    if (!podSpecHasContainer(spec, name)) {
      invalid(errors, keyed(path, key), goQuote(name), "container not found");
    }
    const profile = annotations[key] ?? "";
    if (!isAppArmorProfileFormat(profile)) {
      const detail = `invalid AppArmor profile name: ${goQuote(profile)}`;
      invalid(errors, keyed(path, key), goQuote(profile), detail);
    }
  }
}

function isAppArmorProfileFormat(profile: string): boolean {
  if (profile === "" || profile === APPARMOR_RUNTIME_DEFAULT) return true;
  return profile === APPARMOR_UNCONFINED || profile.startsWith(APPARMOR_LOCALHOST_PREFIX);
}

function podSpecHasContainer(spec: PodSpec, wanted: string): boolean {
  let found = false;
  visitContainers(spec, undefined, ({ name }) => {
    if (name === wanted) found = true;
  });
  return found;
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateAppArmorAnnotationsAndFieldsMatchOnCreate */
export function validateAppArmorAnnotationsAndFieldsMatchOnCreate(
  errors: FieldErrors,
  specPath: Path,
  { annotations }: ObjectMeta,
  spec: PodSpec,
): void {
  if (annotations === undefined || spec.os?.name === "windows") return;
  visitContainers(spec, specPath, ({ name, securityContext }, path) => {
    const profile = securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
    const annotation = annotations[APPARMOR_ANNOTATION_PREFIX + name];
    if (profile === undefined || annotation === undefined) return;
    const { type = "", localhostProfile } = profile;
    const profilePath = child(child(path(), "securityContext"), "appArmorProfile");
    if (!PROFILE_TYPES.includes(type)) return;
    if (!annotationHasType(annotation, type)) {
      const detail = "apparmor type in annotation and field must match";
      forbidden(errors, child(profilePath, "type"), detail);
    } else if (
      type === "Localhost" &&
      annotation.slice(APPARMOR_LOCALHOST_PREFIX.length) !== localhostProfile
    ) {
      const detail = "apparmor profile in annotation and field must match";
      forbidden(errors, child(profilePath, "localhostProfile"), detail);
    }
  });
}

function annotationHasType(annotation: string, type: string): boolean {
  if (type === "Unconfined") return annotation === APPARMOR_UNCONFINED;
  if (type === "RuntimeDefault") return annotation === APPARMOR_RUNTIME_DEFAULT;
  return annotation.startsWith(APPARMOR_LOCALHOST_PREFIX);
}
