// The security context of one container as the kubelet hands it to the runtime: a CRI message, each field with its origin.
import type { LinuxContainerSecurityContext } from "../model/cri.ts";
import type { Int64 } from "../model/json.ts";
import type { ContainerAt, Pod } from "../model/pod.ts";
import type { Setting } from "../model/setting.ts";
import type { World } from "../model/world.ts";
import { addNoNewPrivileges } from "./addNoNewPrivileges.ts";
import {
  convertToRuntimeCapabilities,
  convertToRuntimeSELinuxOption,
  type Draft,
  toInt64Value,
  toSecurityProfile,
} from "./criWire.ts";
import type { EffectiveContext } from "./effective.ts";
import { getAppArmorProfile } from "./getAppArmorProfile.ts";
import type { ImageUser } from "./getImageUser.ts";
import { getSeccompProfile, getSeccompProfilePath } from "./getSeccompProfile.ts";
import { convertToRuntimeMaskedPaths, convertToRuntimeReadonlyPaths } from "./maskedPaths.ts";
import { namespaceOptions, type PodNamespaces } from "./namespacesForPod.ts";
import { byDefault, isRefusal, type Refusal, type Tracer } from "./outcome.ts";
import { supplementalGroups, supplementalGroupsPolicy } from "./supplementalGroups.ts";

type Message = Draft<LinuxContainerSecurityContext>;

export interface ContainerFacts {
  readonly pod: Pod;
  readonly container: ContainerAt;
  readonly effective: EffectiveContext;
  /** undefined: nothing is known of the image. */
  readonly imageUser: ImageUser | undefined;
  readonly namespaces: PodNamespaces;
  /** The container whose process namespace an ephemeral one joins. */
  readonly target: string | undefined;
}

/**
 * The message, or the first of its parts that cannot be made.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/security_context.go determineEffectiveSecurityContext
 */
export function runtimeSecurityContext(
  facts: ContainerFacts,
  world: World,
  trace: Tracer | undefined,
): LinuxContainerSecurityContext | Refusal {
  const { pod, container, effective, namespaces, target } = facts;
  const seccomp = getSeccompProfile(effective, world);
  if (isRefusal(seccomp)) return seccomp;
  const appArmor = getAppArmorProfile(pod, container, effective, world);
  if (isRefusal(appArmor)) return appArmor;
  const policy = supplementalGroupsPolicy(effective, world);
  if (isRefusal(policy)) return policy;

  const message: Message = {};
  convertToRuntimeSecurityContext(message, effective, trace);
  setUser(message, facts, trace);

  const path = getSeccompProfilePath(pod, container, effective, world);
  message.seccomp = toSecurityProfile(seccomp.value);
  trace?.("seccompProfile", "/seccomp", seccomp);
  if (path !== undefined && path.value !== "") message.seccomp_profile_path = path.value;
  if (path !== undefined) trace?.("seccompProfile", "/seccomp_profile_path", path);

  const { profile, deprecated } = appArmor.value;
  if (profile !== undefined) message.apparmor = toSecurityProfile(profile);
  if (deprecated !== "") message.apparmor_profile = deprecated;
  trace?.("appArmorProfile", profile === undefined ? "/apparmor_profile" : "/apparmor", {
    ...appArmor,
    value: profile ?? deprecated,
  });

  message.namespace_options = namespaceOptions(namespaces, target, trace);

  const groups = supplementalGroups(effective);
  if (groups.value.length > 0) message.supplemental_groups = groups.value.map(String);
  trace?.("supplementalGroups", "/supplemental_groups", groups);
  if (effective.fsGroup !== undefined) {
    trace?.("fsGroup", "/supplemental_groups/0", effective.fsGroup);
  }
  if (policy.value !== "Merge") message.supplemental_groups_policy = policy.value;
  trace?.("supplementalGroupsPolicy", "/supplemental_groups_policy", policy);

  const noNewPrivs = addNoNewPrivileges(effective);
  if (noNewPrivs.value) message.no_new_privs = true;
  trace?.("allowPrivilegeEscalation", "/no_new_privs", noNewPrivs);

  const masked = convertToRuntimeMaskedPaths(effective, world);
  if (masked.value.length > 0) message.masked_paths = masked.value;
  trace?.("procMount", "/masked_paths", masked);
  const readonly = convertToRuntimeReadonlyPaths(effective, world);
  if (readonly.value.length > 0) message.readonly_paths = readonly.value;
  trace?.("procMount", "/readonly_paths", readonly);
  return message;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/security_context.go convertToRuntimeSecurityContext */
function convertToRuntimeSecurityContext(
  message: Message,
  effective: EffectiveContext,
  trace: Tracer | undefined,
): void {
  const { capabilities, seLinuxOptions, runAsGroup, privileged } = effective;
  const readonly = effective.readOnlyRootFilesystem;
  if (capabilities !== undefined) {
    message.capabilities = convertToRuntimeCapabilities(capabilities.value);
    trace?.("capabilities", "/capabilities", capabilities);
  }
  if (seLinuxOptions !== undefined) {
    message.selinux_options = convertToRuntimeSELinuxOption(seLinuxOptions.value);
    trace?.("seLinuxOptions", "/selinux_options", seLinuxOptions);
  }
  if (runAsGroup !== undefined) {
    message.run_as_group = toInt64Value(runAsGroup.value);
    trace?.("runAsGroup", "/run_as_group", runAsGroup);
  }
  if (privileged?.value === true) message.privileged = true;
  trace?.("privileged", "/privileged", privileged ?? byDefault(false));
  if (readonly?.value === true) message.readonly_rootfs = true;
  trace?.("readOnlyRootFilesystem", "/readonly_rootfs", readonly ?? byDefault(false));
}

/** The spec's uid, else the image's, else the image's name for its user; nothing when the image is not known. */
function setUser(message: Message, facts: ContainerFacts, trace: Tracer | undefined): void {
  const { effective, imageUser } = facts;
  const user: Setting<Int64> | undefined = effective.runAsUser ?? imageUid(imageUser);
  if (user !== undefined) {
    message.run_as_user = toInt64Value(user.value);
    trace?.("runAsUser", "/run_as_user", user);
  } else if (imageUser !== undefined && imageUser.username !== "") {
    const { username: value, source } = imageUser;
    message.run_as_username = value;
    trace?.("runAsUser", "/run_as_username", { value, source });
  }
}

function imageUid(imageUser: ImageUser | undefined): Setting<Int64> | undefined {
  if (imageUser?.uid === undefined) return undefined;
  return { value: imageUser.uid, source: imageUser.source };
}
