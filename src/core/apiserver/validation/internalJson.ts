// Go's JSON of the server's internal types, which its messages print as the bad value: Go field names, every field, nil as null.
// @see kubernetes v1.37.2 pkg/apis/core/types.go SecurityContext
import type {
  AppArmorProfile,
  Capabilities,
  SELinuxOptions,
  SeccompProfile,
  SecurityContext,
  WindowsSecurityContextOptions,
} from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";

export function securityContextJson(context: SecurityContext): string {
  return object([
    ["Capabilities", orNull(context.capabilities, capabilitiesJson)],
    ["Privileged", scalar(context.privileged)],
    ["SELinuxOptions", orNull(context.seLinuxOptions, seLinuxOptionsJson)],
    ["WindowsOptions", orNull(context.windowsOptions, windowsOptionsJson)],
    ["RunAsUser", scalar(context.runAsUser)],
    ["RunAsGroup", scalar(context.runAsGroup)],
    ["RunAsNonRoot", scalar(context.runAsNonRoot)],
    ["ReadOnlyRootFilesystem", scalar(context.readOnlyRootFilesystem)],
    ["AllowPrivilegeEscalation", scalar(context.allowPrivilegeEscalation)],
    ["ProcMount", text(context.procMount)],
    ["SeccompProfile", orNull(context.seccompProfile, profileJson)],
    ["AppArmorProfile", orNull(context.appArmorProfile, profileJson)],
  ]);
}

/** A seccomp or AppArmor profile: the two look alike. */
export function profileJson(profile: SeccompProfile | AppArmorProfile): string {
  return object([
    ["Type", goJsonString(profile.type ?? "")],
    ["LocalhostProfile", text(profile.localhostProfile)],
  ]);
}

function capabilitiesJson({ add, drop }: Capabilities): string {
  return object([
    ["Add", list(add)],
    ["Drop", list(drop)],
  ]);
}

function seLinuxOptionsJson({ user, role, type, level }: SELinuxOptions): string {
  return object([
    ["User", goJsonString(user ?? "")],
    ["Role", goJsonString(role ?? "")],
    ["Type", goJsonString(type ?? "")],
    ["Level", goJsonString(level ?? "")],
  ]);
}

function windowsOptionsJson(options: WindowsSecurityContextOptions): string {
  return object([
    ["GMSACredentialSpecName", text(options.gmsaCredentialSpecName)],
    ["GMSACredentialSpec", text(options.gmsaCredentialSpec)],
    ["RunAsUserName", text(options.runAsUserName)],
    ["HostProcess", scalar(options.hostProcess)],
  ]);
}

function object(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([name, value]) => `"${name}":${value}`).join(",")}}`;
}

function list(names: readonly string[] | undefined): string {
  return names === undefined ? "null" : `[${names.map(goJsonString).join(",")}]`;
}

function scalar(value: number | bigint | boolean | undefined): string {
  return value === undefined ? "null" : String(value);
}

function text(value: string | undefined): string {
  return value === undefined ? "null" : goJsonString(value);
}

function orNull<T>(value: T | undefined, json: (value: T) => string): string {
  return value === undefined ? "null" : json(value);
}
