// What a privileged container asks for in vain: the runtime gives it everything, whatever stands beside.
import type { EffectiveContext } from "../../kubelet/effective.ts";
import type { Capabilities } from "../../model/pod.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const privilegedVoids: Risk = {
  id: "risk.privilegedVoids",
  severity: "warning",
  title: "privileged: true makes other fields of the container void",
  why: "A privileged container gets every capability, no seccomp filter, no SELinux label, the node's devices and an unmasked /proc. Fields beside it that say otherwise are read by nobody: they only look like protection.",
  mend: "Take privileged out and add the one capability or device that is needed; or take the void fields out, so that nobody trusts them.",
  reference:
    "https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/#privileged-containers",
  failing: examplePod("securityContext:\n  privileged: true\n  capabilities: { drop: [ALL] }"),
  passing: examplePod("securityContext:\n  privileged: true\n  readOnlyRootFilesystem: true"),
  find,
};

function find({ containers, isWindows }: RiskyPod): Hit[] {
  if (isWindows) return [];
  return containers.flatMap(({ at, effective }) => {
    if (effective.privileged?.value !== true) return [];
    const names = voidFields(effective, at.container.securityContext?.capabilities ?? undefined);
    if (names.length === 0) return [];
    const path = [...at.path, "securityContext", "privileged"];
    const message = `privileged: true makes void what the container also asks for: ${names.join(", ")}`;
    return [{ path, container: at.container.name, field: "privileged", message }];
  });
}

function voidFields(
  { seccompProfile, appArmorProfile, seLinuxOptions, procMount }: EffectiveContext,
  capabilities: Capabilities | undefined,
): string[] {
  const names: string[] = [];
  for (const list of ["add", "drop"] as const) {
    const written = capabilities?.[list] ?? [];
    if (written.length > 0) names.push(`capabilities.${list} [${written.join(", ")}]`);
  }
  const seccomp = seccompProfile?.value.type;
  if (seccomp !== undefined && seccomp !== "Unconfined") names.push(`seccompProfile ${seccomp}`);
  // A profile of the node holds even here.
  if (appArmorProfile?.value.type === "RuntimeDefault")
    names.push("appArmorProfile RuntimeDefault");
  if (seLinuxOptions?.value.type !== undefined || seLinuxOptions?.value.role !== undefined)
    names.push("seLinuxOptions type and role");
  if (procMount?.value === "Default") names.push("procMount Default");
  return names;
}
