// The security parts of CRI's runtime.v1 messages as protojson writes them: snake_case, zero values left out, int64 as strings.
//
// `run_as_user: {}` is uid 0, `seccomp: {}` is RuntimeDefault, an absent namespace mode is POD, an absent
// `supplemental_groups_policy` is Merge.

export interface Int64Value {
  readonly value?: string;
}
export type NamespaceMode = "POD" | "CONTAINER" | "NODE" | "TARGET";

export interface IDMapping {
  readonly host_id?: number;
  readonly container_id?: number;
  readonly length?: number;
}
export interface UserNamespace {
  readonly mode?: NamespaceMode;
  readonly uids?: readonly IDMapping[];
  readonly gids?: readonly IDMapping[];
}
export interface NamespaceOption {
  readonly network?: NamespaceMode;
  readonly pid?: NamespaceMode;
  readonly ipc?: NamespaceMode;
  readonly target_id?: string;
  readonly userns_options?: UserNamespace;
}
export interface SecurityProfile {
  readonly profile_type?: "RuntimeDefault" | "Unconfined" | "Localhost" | string | number;
  readonly localhost_ref?: string;
}
export interface CriSELinuxOption {
  readonly user?: string;
  readonly role?: string;
  readonly type?: string;
  readonly level?: string;
}
export interface Capability {
  readonly add_capabilities?: readonly string[];
  readonly drop_capabilities?: readonly string[];
  readonly add_ambient_capabilities?: readonly string[];
}

export interface LinuxSandboxSecurityContext {
  readonly namespace_options?: NamespaceOption;
  readonly selinux_options?: CriSELinuxOption;
  readonly run_as_user?: Int64Value;
  readonly run_as_group?: Int64Value;
  readonly readonly_rootfs?: boolean;
  readonly supplemental_groups?: readonly string[];
  readonly supplemental_groups_policy?: "Merge" | "Strict" | number;
  readonly privileged?: boolean;
  readonly seccomp?: SecurityProfile;
  readonly apparmor?: SecurityProfile;
  readonly seccomp_profile_path?: string;
}

export interface LinuxContainerSecurityContext extends LinuxSandboxSecurityContext {
  readonly capabilities?: Capability;
  readonly run_as_username?: string;
  readonly apparmor_profile?: string;
  readonly no_new_privs?: boolean;
  readonly masked_paths?: readonly string[];
  readonly readonly_paths?: readonly string[];
}

/** Zero and absent both mean "not told". Times in microseconds, sizes in bytes. */
export interface LinuxContainerResources {
  readonly cpu_period?: string;
  readonly cpu_quota?: string;
  readonly cpu_shares?: string;
  readonly memory_limit_in_bytes?: string;
  readonly oom_score_adj?: string;
  readonly cpuset_cpus?: string;
  readonly cpuset_mems?: string;
  readonly unified?: Readonly<Record<string, string>>;
}

export interface LinuxPodSandboxConfig {
  readonly cgroup_parent?: string;
  readonly security_context?: LinuxSandboxSecurityContext;
  readonly sysctls?: Readonly<Record<string, string>>;
}
export interface LinuxContainerConfig {
  readonly resources?: LinuxContainerResources;
  readonly security_context?: LinuxContainerSecurityContext;
}

/** Credential specs are the GMSA's whole JSON text. */
export interface WindowsSandboxSecurityContext {
  readonly run_as_username?: string;
  readonly credential_spec?: string;
  readonly host_process?: boolean;
}
export type WindowsContainerSecurityContext = WindowsSandboxSecurityContext;

/** On a Windows node it goes beside the Linux one, which has the fields that have no place here. */
export interface WindowsPodSandboxConfig {
  readonly security_context?: WindowsSandboxSecurityContext;
}
export interface WindowsContainerConfig {
  readonly security_context?: WindowsContainerSecurityContext;
}

/** Mount of ContainerConfig: only what bears on security. */
export interface CriMount {
  readonly container_path: string;
  readonly host_path?: string;
  readonly readonly?: boolean;
  readonly selinux_relabel?: boolean;
  /** Absent: private. */
  readonly propagation?:
    | "PROPAGATION_PRIVATE"
    | "PROPAGATION_HOST_TO_CONTAINER"
    | "PROPAGATION_BIDIRECTIONAL";
  readonly recursive_read_only?: boolean;
  readonly uidMappings?: readonly IDMapping[];
  readonly gidMappings?: readonly IDMapping[];
}
