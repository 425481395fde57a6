// The securityContext of one container.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateSecurityContext
import type { SecurityContext } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { type FieldErrors, forbidden, invalid, notSupported } from "../fieldError.ts";
import { allowSysAdminWhenPrivilegeEscalationFalse, type PodOptions } from "../options.ts";
import { child, type Path } from "../path.ts";
import { validateAppArmorProfileField } from "./appArmorProfile.ts";
import { validateIdField } from "./ids.ts";
import { securityContextJson } from "./internalJson.ts";
import { validateSeccompProfileField } from "./seccompProfile.ts";
import { validateWindowsSecurityContextOptions } from "./windowsOptions.ts";

const PROC_MOUNTS: readonly string[] = ["Default", "Unmasked"];

export function validateSecurityContext(
  errors: FieldErrors,
  path: Path,
  context: SecurityContext,
  hostUsers: boolean,
  options: PodOptions,
): void {
  const { procMount, seccompProfile, windowsOptions, appArmorProfile } = context;
  if (context.privileged === true && !options.world.allowPrivileged) {
    forbidden(errors, child(path, "privileged"), "disallowed by cluster policy");
  }
  validateIdField(errors, path, "runAsUser", context.runAsUser);
  validateIdField(errors, path, "runAsGroup", context.runAsGroup);
  if (procMount !== undefined) {
    validateProcMount(errors, child(path, "procMount"), procMount, hostUsers);
  }
  if (seccompProfile !== undefined) {
    validateSeccompProfileField(errors, child(path, "seccompProfile"), seccompProfile);
  }
  validateAllowPrivilegeEscalation(errors, path, context, options);
  if (windowsOptions !== undefined) {
    validateWindowsSecurityContextOptions(errors, child(path, "windowsOptions"), windowsOptions);
  }
  if (appArmorProfile !== undefined) {
    validateAppArmorProfileField(errors, child(path, "appArmorProfile"), appArmorProfile);
  }
}

function validateProcMount(
  errors: FieldErrors,
  path: Path,
  procMount: string,
  hostUsers: boolean,
): void {
  if (!PROC_MOUNTS.includes(procMount)) {
    notSupported(errors, path, goJsonString(procMount), PROC_MOUNTS);
  }
  if (hostUsers && procMount === "Unmasked") {
    invalid(errors, path, goJsonString(procMount), "`hostUsers` must be false to use `Unmasked`");
  }
}

/** Only the literal CAP_SYS_ADMIN counts, not the SYS_ADMIN that runtimes understand. */
function validateAllowPrivilegeEscalation(
  errors: FieldErrors,
  path: Path,
  context: SecurityContext,
  options: PodOptions,
): void {
  if (context.allowPrivilegeEscalation !== false) return;
  if (context.privileged === true) {
    const detail = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
    invalid(errors, path, securityContextJson(context), detail);
  }
  if (allowSysAdminWhenPrivilegeEscalationFalse(options)) return;
  for (const capability of context.capabilities?.add ?? []) {
    if (capability !== "CAP_SYS_ADMIN") continue;
    const detail =
      "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
    invalid(errors, path, securityContextJson(context), detail);
  }
}
