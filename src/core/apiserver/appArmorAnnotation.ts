// The deprecated AppArmor annotations: what they mean as a field, and how a new pod's field is made of them.
import type { AppArmorProfile } from "../model/pod.ts";
import type { Path } from "./path.ts";
import { type Warning, warningAt } from "./warning.ts";

export const APPARMOR_ANNOTATION_PREFIX = "container.apparmor.security.beta.kubernetes.io/";
export const APPARMOR_RUNTIME_DEFAULT = "runtime/default";
export const APPARMOR_UNCONFINED = "unconfined";
export const APPARMOR_LOCALHOST_PREFIX = "localhost/";

/** @see kubernetes v1.37.2 pkg/api/pod/util.go ApparmorFieldForAnnotation */
export function appArmorFieldForAnnotation(annotation: string): AppArmorProfile | undefined {
  if (annotation === APPARMOR_UNCONFINED) return { type: "Unconfined" };
  if (annotation === APPARMOR_RUNTIME_DEFAULT) return { type: "RuntimeDefault" };
  if (!annotation.startsWith(APPARMOR_LOCALHOST_PREFIX)) return undefined;
  const localhostProfile = annotation.slice(APPARMOR_LOCALHOST_PREFIX.length);
  return localhostProfile === "" ? undefined : { type: "Localhost", localhostProfile };
}

/** Are both the same profile, or both none? */
export function sameAppArmorProfile(a: AppArmorProfile, b: AppArmorProfile | undefined): boolean {
  return a.type === b?.type && a.localhostProfile === b?.localhostProfile;
}

/** The warning about the annotation at `path`. */
export function appArmorDeprecation(path: Path): Warning {
  return warningAt(path, 'deprecated since v1.30; use the "appArmorProfile" field instead');
}
