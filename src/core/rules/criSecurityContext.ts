// A CRI security context with its zero values filled in: protojson that leaves them out and protojson that writes them all read the same.
// @see k8s.io/cri-api/pkg/apis/runtime/v1/api.proto LinuxContainerSecurityContext, LinuxSandboxSecurityContext
import type {
  Capability,
  IDMapping,
  Int64Value,
  LinuxContainerSecurityContext,
  NamespaceMode,
  SecurityProfile,
  UserNamespace,
} from "../model/cri.ts";

/** A number is an enum value that this proto does not name. */
export type CriNamespaceMode = NamespaceMode | number;
export interface CriUserNamespace {
  readonly mode: CriNamespaceMode;
  readonly uids: readonly Required<IDMapping>[];
  readonly gids: readonly Required<IDMapping>[];
}
export interface CriSecurityProfile {
  readonly type: "RuntimeDefault" | "Unconfined" | "Localhost" | number;
  readonly localhostRef: string;
}
export interface CriSecurityContext {
  readonly network: CriNamespaceMode;
  readonly pid: CriNamespaceMode;
  readonly ipc: CriNamespaceMode;
  readonly targetId: string;
  /** Messages that are not set are undefined; set and empty ones are not. */
  readonly userns: CriUserNamespace | undefined;
  readonly privileged: boolean;
  readonly readonlyRootfs: boolean;
  readonly noNewPrivs: boolean;
  /** Decimal, as Go's FormatInt writes it. */
  readonly runAsUser: string | undefined;
  readonly runAsGroup: string | undefined;
  readonly runAsUsername: string;
  readonly supplementalGroups: readonly bigint[];
  readonly supplementalGroupsPolicy: "Merge" | "Strict" | number;
  readonly seccomp: CriSecurityProfile | undefined;
  readonly apparmor: CriSecurityProfile | undefined;
  readonly seccompProfilePath: string;
  readonly apparmorProfile: string;
  readonly selinux: Readonly<Record<"user" | "role" | "type" | "level", string>> | undefined;
  readonly capabilities: Required<Capability> | undefined;
  readonly maskedPaths: readonly string[];
  readonly readonlyPaths: readonly string[];
}

const NAMESPACE_MODES = ["POD", "CONTAINER", "NODE", "TARGET"] as const;
const PROFILE_TYPES = ["RuntimeDefault", "Unconfined", "Localhost"] as const;
const GROUPS_POLICIES = ["Merge", "Strict"] as const;

/** Reads the context of a container or a sandbox; absent and null ones are all zero. */
export function readSecurityContext(
  context: LinuxContainerSecurityContext | null | undefined,
): CriSecurityContext {
  const sc = context ?? {};
  const namespaces = sc.namespace_options ?? {};
  return {
    network: readEnum(namespaces.network, NAMESPACE_MODES),
    pid: readEnum(namespaces.pid, NAMESPACE_MODES),
    ipc: readEnum(namespaces.ipc, NAMESPACE_MODES),
    targetId: namespaces.target_id ?? "",
    userns: readUserNamespace(namespaces.userns_options),
    privileged: sc.privileged === true,
    readonlyRootfs: sc.readonly_rootfs === true,
    noNewPrivs: sc.no_new_privs === true,
    runAsUser: readInt64(sc.run_as_user),
    runAsGroup: readInt64(sc.run_as_group),
    runAsUsername: sc.run_as_username ?? "",
    supplementalGroups: (sc.supplemental_groups ?? []).map(toBigInt),
    supplementalGroupsPolicy: readEnum(sc.supplemental_groups_policy, GROUPS_POLICIES),
    seccomp: readProfile(sc.seccomp),
    apparmor: readProfile(sc.apparmor),
    seccompProfilePath: sc.seccomp_profile_path ?? "",
    apparmorProfile: sc.apparmor_profile ?? "",
    selinux: readSelinux(sc.selinux_options),
    capabilities: readCapabilities(sc.capabilities),
    maskedPaths: sc.masked_paths ?? [],
    readonlyPaths: sc.readonly_paths ?? [],
  };
}

/** protojson takes an enum's name or its number; 0 when it is left out. */
function readEnum<Name extends string>(
  value: string | number | null | undefined,
  names: readonly [Name, ...Name[]],
): Name | number {
  if (value === null || value === undefined) return names[0];
  if (typeof value === "number") return names[value] ?? value;
  return names.includes(value as Name) ? (value as Name) : names[0];
}

function readInt64(message: Int64Value | null | undefined): string | undefined {
  if (message === null || message === undefined) return undefined;
  const { value } = message;
  const isDecimal = typeof value === "string" && /^(0|-?[1-9]\d*)$/.test(value);
  return isDecimal ? value : String(toBigInt(value));
}

/** protojson writes int64 as text and reads numbers too; what is neither counts as 0. */
function toBigInt(value: unknown): bigint {
  return /^-?\d+$/.test(String(value)) ? BigInt(String(value)) : 0n;
}

function readUserNamespace(userns: UserNamespace | null | undefined): CriUserNamespace | undefined {
  if (userns === null || userns === undefined) return undefined;
  return {
    mode: readEnum(userns.mode, NAMESPACE_MODES),
    uids: (userns.uids ?? []).map(readMapping),
    gids: (userns.gids ?? []).map(readMapping),
  };
}

/** Id mappings with their zeros. */
export function readMapping(mapping: IDMapping): Required<IDMapping> {
  return {
    host_id: mapping.host_id ?? 0,
    container_id: mapping.container_id ?? 0,
    length: mapping.length ?? 0,
  };
}

function readProfile(profile: SecurityProfile | null | undefined): CriSecurityProfile | undefined {
  if (profile === null || profile === undefined) return undefined;
  return {
    type: readEnum(profile.profile_type, PROFILE_TYPES),
    localhostRef: profile.localhost_ref ?? "",
  };
}

function readSelinux(
  options: LinuxContainerSecurityContext["selinux_options"] | null,
): CriSecurityContext["selinux"] {
  if (options === null || options === undefined) return undefined;
  const { user, role, type, level } = options;
  return { user: user ?? "", role: role ?? "", type: type ?? "", level: level ?? "" };
}

function readCapabilities(
  capabilities: Capability | null | undefined,
): Required<Capability> | undefined {
  if (capabilities === null || capabilities === undefined) return undefined;
  return {
    add_capabilities: capabilities.add_capabilities ?? [],
    drop_capabilities: capabilities.drop_capabilities ?? [],
    add_ambient_capabilities: capabilities.add_ambient_capabilities ?? [],
  };
}
