// Whether a sysctl belongs to a kernel namespace that the pod shares with the host.
import type { PodSpec } from "../../model/pod.ts";
import type { KubeMinor } from "../../model/version.ts";
import { normalizeSysctlName, sysctlNamespace } from "../../rules/sysctlNames.ts";

/**
 * The field by which the pod shares the sysctl's namespace with the host; undefined if it does not.
 * @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateHostSysctl
 */
export function hostNamespaceOf(
  sysctl: string,
  spec: PodSpec,
  version: KubeMinor,
): "hostNetwork" | "hostIPC" | undefined {
  if (spec.hostNetwork !== true && spec.hostIPC !== true) return undefined;
  const [beforeStar = ""] = normalizeSysctlName(sysctl).split("*");
  const kind = sysctlNamespace(beforeStar, version)?.kind;
  if (spec.hostNetwork === true && kind === "net") return "hostNetwork";
  return spec.hostIPC === true && kind === "ipc" ? "hostIPC" : undefined;
}
