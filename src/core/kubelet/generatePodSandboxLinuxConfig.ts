// The pod's sandbox as the kubelet asks the runtime for it: from the pod level alone, but for privileged.
import type { LinuxPodSandboxConfig, LinuxSandboxSecurityContext } from "../model/cri.ts";
import { containersOf, type Pod } from "../model/pod.ts";
import type { Setting } from "../model/setting.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { normalizedSysctl } from "./admission/sysctls.ts";
import { applyPodSysctls } from "./applyPodSysctls.ts";
import { convertToRuntimeSELinuxOption, type Draft, toInt64Value } from "./criWire.ts";
import type { EffectiveContext } from "./effective.ts";
import { namespaceOptions, type PodNamespaces } from "./namespacesForPod.ts";
import { byDefault, byRule, isRefusal, type Refusal, type Tracer } from "./outcome.ts";
import { supplementalGroups, supplementalGroupsPolicy } from "./supplementalGroups.ts";

/** Releases that also send the deprecated spelling of the sandbox's seccomp profile. */
const PROFILE_PATH: Versioned<string> = [
  { since: "v1.0", value: "runtime/default" },
  { since: "v1.27", value: "" },
];

/**
 * Seccomp is always RuntimeDefault, so that a pod's own profile need not let the sandbox's process run.
 * A pod without any securityContext, which no API server leaves so, gets no namespace options either.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_sandbox.go generatePodSandboxLinuxConfig
 */
export function generatePodSandboxLinuxConfig(
  pod: Pod,
  podLevel: EffectiveContext,
  namespaces: PodNamespaces,
  world: World,
  trace: Tracer | undefined,
): LinuxPodSandboxConfig | Refusal {
  const context: Draft<LinuxSandboxSecurityContext> = { seccomp: {} };
  const config: Draft<LinuxPodSandboxConfig> = { security_context: context };
  const path = at(PROFILE_PATH, world.kubernetes) ?? "";
  if (path !== "") context.seccomp_profile_path = path;
  trace?.("seccompProfile", "/security_context/seccomp", SANDBOX_SECCOMP);
  const privileged = hasPrivilegedContainer(pod);
  if (privileged.value) context.privileged = true;
  trace?.("privileged", "/security_context/privileged", privileged);
  setSysctls(config, podLevel, world, trace);
  const securityContext = pod.spec.securityContext ?? undefined;
  if (securityContext === undefined) return config;

  const policy = supplementalGroupsPolicy(podLevel, world);
  if (isRefusal(policy)) return policy;
  const inside: Tracer | undefined =
    trace && ((field, where, setting) => trace(field, `/security_context${where}`, setting));
  context.namespace_options = namespaceOptions(namespaces, undefined, inside);
  const { runAsUser, runAsGroup, seLinuxOptions } = podLevel;
  if (runAsUser !== undefined) {
    context.run_as_user = toInt64Value(runAsUser.value);
    inside?.("runAsUser", "/run_as_user", runAsUser);
  }
  if (runAsGroup !== undefined) {
    context.run_as_group = toInt64Value(runAsGroup.value);
    inside?.("runAsGroup", "/run_as_group", runAsGroup);
  }
  if (seLinuxOptions !== undefined) {
    context.selinux_options = convertToRuntimeSELinuxOption(seLinuxOptions.value);
    inside?.("seLinuxOptions", "/selinux_options", seLinuxOptions);
  }
  const groups = supplementalGroups(podLevel);
  if (groups.value.length > 0) context.supplemental_groups = groups.value.map(String);
  inside?.("supplementalGroups", "/supplemental_groups", groups);
  if (policy.value !== "Merge") context.supplemental_groups_policy = policy.value;
  inside?.("supplementalGroupsPolicy", "/supplemental_groups_policy", policy);
  return config;
}

const SANDBOX_SECCOMP: Setting<unknown> = byRule(
  { profile_type: "RuntimeDefault" },
  "the sandbox's seccomp profile is RuntimeDefault, whatever the pod says",
);

/** One privileged container of any kind makes the sandbox privileged. */
function hasPrivilegedContainer(pod: Pod): Setting<boolean> {
  for (const { container, path } of containersOf(pod.spec)) {
    if (container.securityContext?.privileged !== true) continue;
    const was: Setting<boolean> = {
      value: true,
      source: { kind: "manifest", path: [...path, "securityContext", "privileged"] },
    };
    return byRule(true, "a privileged container ⇒ a privileged sandbox", was);
  }
  return byDefault(false);
}

/** The node's defaults first; of a name given twice the last value holds. */
function setSysctls(
  config: Draft<LinuxPodSandboxConfig>,
  podLevel: EffectiveContext,
  world: World,
  trace: Tracer | undefined,
): void {
  const sysctls = applyPodSysctls(podLevel, world);
  const own = podLevel.sysctls;
  const fromNode = Object.keys(sysctls).length > 0;
  for (const { name, value } of own?.value ?? [])
    sysctls[normalizedSysctl(name, world)] = value ?? "";
  if (Object.keys(sysctls).length === 0) return;
  config.sysctls = sysctls;
  if (own !== undefined) trace?.("sysctls", "/sysctls", { ...own, value: own.value });
  else if (fromNode) {
    trace?.("sysctls", "/sysctls", {
      value: Object.entries(sysctls).map(([name, value]) => ({ name, value })),
      source: { kind: "node", fact: "defaultPodSysctls" },
    });
  }
}
