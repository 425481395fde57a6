// spec.os, and the fields that one operating system has and the other has not.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateOS, validateLinux, validateWindows
import type { PodSecurityContext, PodSpec, SecurityContext } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { visitContainers } from "../containers.ts";
import { type FieldErrors, forbidden, notSupported, required } from "../fieldError.ts";
import { child, type Path } from "../path.ts";

const SYSTEMS: readonly string[] = ["linux", "windows"];

/** In the server's order. */
const NOT_IN_WINDOWS_POD: readonly (keyof PodSecurityContext)[] = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "fsGroup",
  "fsGroupChangePolicy",
  "sysctls",
  "runAsUser",
  "runAsGroup",
  "supplementalGroups",
  "supplementalGroupsPolicy",
  "seLinuxChangePolicy",
];
const NOT_IN_WINDOWS_SPEC = ["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace"] as const;
const NOT_IN_WINDOWS_CONTAINER: readonly (keyof SecurityContext)[] = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "capabilities",
  "readOnlyRootFilesystem",
  "privileged",
  "allowPrivilegeEscalation",
  "procMount",
  "runAsUser",
  "runAsGroup",
];

export function validateOs(errors: FieldErrors, path: Path, spec: PodSpec): void {
  const { os } = spec;
  if (os === undefined) return;
  const osPath = child(path, "os");
  const { name = "" } = os;
  if (name === "") required(errors, child(osPath, "name"));
  else if (name === "linux") validateLinux(errors, path, spec);
  else if (name === "windows") validateWindows(errors, path, spec);
  else notSupported(errors, osPath, goJsonString(name), SYSTEMS);
}

function validateLinux(errors: FieldErrors, path: Path, spec: PodSpec): void {
  const refuse = (owner: Path): void => {
    const options = child(child(owner, "securityContext"), "windowsOptions");
    forbidden(errors, options, "windows options cannot be set for a linux pod");
  };
  if (spec.securityContext?.windowsOptions !== undefined) refuse(path);
  visitContainers(spec, path, ({ securityContext }, containerPath) => {
    if (securityContext?.windowsOptions !== undefined) refuse(containerPath());
  });
}

function validateWindows(errors: FieldErrors, path: Path, spec: PodSpec): void {
  const detail = "cannot be set for a windows pod";
  const { securityContext: ofPod } = spec;
  if (ofPod !== undefined) {
    for (const field of NOT_IN_WINDOWS_POD) {
      // Of the two lists, an empty one of sysctls is let pass.
      const set =
        field === "sysctls" ? (ofPod.sysctls?.length ?? 0) > 0 : ofPod[field] !== undefined;
      if (set) forbidden(errors, child(child(path, "securityContext"), field), detail);
    }
  }
  for (const field of NOT_IN_WINDOWS_SPEC) {
    const value = spec[field];
    const flag = field === "hostPID" || field === "hostIPC";
    if (flag ? value === true : value !== undefined) forbidden(errors, child(path, field), detail);
  }
  visitContainers(spec, path, ({ securityContext }, containerPath) => {
    if (securityContext === undefined) return;
    for (const field of NOT_IN_WINDOWS_CONTAINER) {
      if (securityContext[field] === undefined) continue;
      forbidden(errors, child(child(containerPath(), "securityContext"), field), detail);
    }
  });
}
