// The securityContext of the pod.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validatePodSpecSecurityContext
import type { PodSecurityContext, PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { type FieldErrors, invalid, notSupported } from "../fieldError.ts";
import { allowOnlyRecursiveSELinuxChangePolicy, type PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateAppArmorProfileField } from "./appArmorProfile.ts";
import { isValidId, validateId, validateIdField } from "./ids.ts";
import { validateSeccompProfileField } from "./seccompProfile.ts";
import { validateSysctls } from "./sysctls.ts";
import { validateWindowsSecurityContextOptions } from "./windowsOptions.ts";

const FS_GROUP_CHANGE_POLICIES: readonly string[] = ["Always", "OnRootMismatch"];
const SUPPLEMENTAL_GROUPS_POLICIES: readonly string[] = ["Merge", "Strict"];
const SELINUX_CHANGE_POLICIES: readonly string[] = ["MountOption", "Recursive"];

export function validatePodSpecSecurityContext(
  errors: FieldErrors,
  path: Path,
  context: PodSecurityContext,
  spec: PodSpec,
  options: PodOptions,
): void {
  validateIdField(errors, path, "fsGroup", context.fsGroup);
  validateIdField(errors, path, "runAsUser", context.runAsUser);
  validateIdField(errors, path, "runAsGroup", context.runAsGroup);
  context.supplementalGroups?.forEach((group, index) => {
    if (isValidId(group)) return;
    validateId(errors, indexed(child(path, "supplementalGroups"), index), group);
  });
  const { sysctls, seccompProfile, windowsOptions, appArmorProfile } = context;
  if (sysctls !== undefined)
    validateSysctls(errors, child(path, "sysctls"), sysctls, spec, options);
  const { fsGroupChangePolicy, supplementalGroupsPolicy, seLinuxChangePolicy } = context;
  oneOf(errors, path, "fsGroupChangePolicy", fsGroupChangePolicy, FS_GROUP_CHANGE_POLICIES);
  if (seccompProfile !== undefined) {
    validateSeccompProfileField(errors, child(path, "seccompProfile"), seccompProfile);
  }
  if (windowsOptions !== undefined) {
    validateWindowsSecurityContextOptions(errors, child(path, "windowsOptions"), windowsOptions);
  }
  if (appArmorProfile !== undefined) {
    validateAppArmorProfileField(errors, child(path, "appArmorProfile"), appArmorProfile);
  }
  oneOf(
    errors,
    path,
    "supplementalGroupsPolicy",
    supplementalGroupsPolicy,
    SUPPLEMENTAL_GROUPS_POLICIES,
  );
  if (seLinuxChangePolicy === undefined) return;
  const policies = allowOnlyRecursiveSELinuxChangePolicy(options)
    ? ["Recursive"]
    : SELINUX_CHANGE_POLICIES;
  oneOf(errors, path, "seLinuxChangePolicy", seLinuxChangePolicy, policies);
}

function oneOf(
  errors: FieldErrors,
  context: Path,
  name: string,
  value: string | undefined,
  values: readonly string[],
): void {
  if (value === undefined || values.includes(value)) return;
  notSupported(errors, child(context, name), goJsonString(value), values);
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateShareProcessNamespace */
export function validateShareProcessNamespace(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
): void {
  if (spec.shareProcessNamespace !== true || spec.hostPID !== true) return;
  const detail = "ShareProcessNamespace and HostPID cannot both be enabled";
  invalid(errors, child(path, "shareProcessNamespace"), "true", detail);
}
