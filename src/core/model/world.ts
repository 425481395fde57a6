// Everything the core is told and never looks up: the world file, and the world it completes to.
import type { JsonObject } from "./json.ts";
import type { KubeMinor, Release } from "./version.ts";

/** The newest Kubernetes minor that secctx knows. */
export const NEWEST_KUBERNETES: KubeMinor = "v1.37";

export interface World {
  readonly kubernetes: KubeMinor;
  /** Gates set by hand; what is absent has the default of `kubernetes` (tables/featureGates). */
  readonly featureGates: Readonly<Record<string, boolean>>;
  /** kube-apiserver --allow-privileged. */
  readonly allowPrivileged: boolean;
  readonly namespace: NamespaceFacts;
  readonly podSecurity: PodSecurityFacts;
  readonly node: NodeFacts;
  readonly runtime: RuntimeFacts;
  /** By image reference as written in the pod. */
  readonly images: Readonly<Record<string, ImageFacts>>;
}

export interface NamespaceFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** ConfigMaps and Secrets there: name → keys; absent: whatever a pod asks for is there. */
  readonly configMaps?: Readonly<Record<string, readonly string[]>>;
  readonly secrets?: Readonly<Record<string, readonly string[]>>;
}

/** PodSecurityConfiguration: `defaults` and `exemptions` as the admission configuration file spells them. */
export interface PodSecurityFacts {
  readonly defaults: Readonly<Record<string, string>>;
  readonly exemptions: {
    readonly usernames?: readonly string[];
    readonly namespaces?: readonly string[];
    readonly runtimeClasses?: readonly string[];
  };
}

export type NodeOs = "linux" | "windows";

export interface NodeFacts {
  /** Absent: linux. */
  readonly os?: NodeOs;
  readonly seccompDefault: boolean;
  readonly allowedUnsafeSysctls: readonly string[];
  readonly defaultPodSysctls: Readonly<Record<string, string>>;
  readonly appArmor: boolean;
  /** Nobody said whether it has AppArmor: a refusal by a node without says so. */
  readonly appArmorUntold?: true;
  /** Loaded there, where known. */
  readonly appArmorProfiles?: readonly string[];
  /** Files under `<kubeletRoot>/seccomp`: relative path → text, where known. */
  readonly seccompProfiles?: Readonly<Record<string, string>>;
  readonly seLinux: boolean;
  /** Nobody said whether it has SELinux: what it would do without is a remark, no warning. */
  readonly seLinuxUntold?: true;
  readonly appArmorParser: boolean;
  /** It was there when the runtime started, and is gone: profiles can no longer be loaded. */
  readonly appArmorParserRemoved?: boolean;
  /** `major.minor`. */
  readonly kernel: Release;
  readonly cgroup: "v1" | "v2";
  /** CAP_ names available to the runtime; absent: all that the kernel knows. */
  readonly capabilities?: readonly string[];
  readonly thermalThrottleCpus: readonly number[];
  /** As Go calls it (`amd64`, `arm64`, `s390x`); absent: amd64. */
  readonly architecture?: string;
  /** What the loaded SELinux policy knows; absent: unknown, every label counts as valid. */
  readonly seLinuxPolicy?: SeLinuxPolicy;
  /** Host folders on file systems without extended attributes, which cannot be relabelled. */
  readonly withoutXattrs?: readonly string[];
  /** Host devices, for privileged containers; absent: unknown. */
  readonly devices?: readonly JsonObject[];
  readonly kubeletRoot: string;
  /** The runtime itself runs in a user namespace, as it does without root; absent: it does not. */
  readonly inUserNamespace?: boolean;
  /** First of the 65536 ids of the node that a pod with hostUsers: false gets; absent: 65536, the first pod's. */
  readonly userNamespaceIds?: number;
}

export interface SeLinuxPolicy {
  /** Types of files and everything else that no role needs. */
  readonly types: readonly string[];
  /** Role → its types. `object_r` needs no row: it goes with every type. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** SELinux user → its roles. */
  readonly users: Readonly<Record<string, readonly string[]>>;
  /** Absent: `s0` alone. */
  readonly sensitivities?: readonly string[];
  /** How many categories there are; absent: 1024. */
  readonly categories?: number;
}

export type RuntimeName = "containerd" | "docker" | "dockershim";

export interface RuntimeFacts {
  readonly name: RuntimeName;
  readonly version: Release;
  readonly ociRuntime: { readonly name: string; readonly version: Release };
  readonly config: {
    readonly enableSelinux?: boolean;
    readonly disableAppArmor?: boolean;
    readonly selinuxCategoryRange?: number;
    readonly selinuxEnabled?: boolean;
    /** containerd's unset_seccomp_profile: `runtime/default`, `localhost/…`; absent or empty: unconfined. */
    readonly unsetSeccompProfile?: string;
    /** containerd's enable_unprivileged_ports and _icmp; absent: what its release does. */
    readonly enableUnprivilegedPorts?: boolean;
    readonly enableUnprivilegedIcmp?: boolean;
    /** containerd's privileged_without_host_devices. */
    readonly privilegedWithoutHostDevices?: boolean;
  };
  /** null: the runtime's Status reports none. */
  readonly features: RuntimeFeatures | null;
  /** The cluster's RuntimeClasses, by name; absent: every class exists, and its handler can what the runtime can. */
  readonly classes?: Readonly<Record<string, RuntimeClassFacts>>;
}
export interface RuntimeClassFacts {
  readonly handler: string;
  /** What this handler reports, where it differs from the runtime. */
  readonly features?: Partial<Pick<RuntimeFeatures, "userns" | "recursiveReadOnlyMounts">>;
}
export interface RuntimeFeatures {
  readonly userns: boolean;
  readonly usernsHostNetwork: boolean;
  readonly supplementalGroupsPolicy: boolean;
  readonly recursiveReadOnlyMounts: boolean;
}

export interface ImageFacts {
  /** false: the node does not have it. Absent: it has, or can pull it. */
  readonly present?: boolean;
  /** The image config's USER; "" when it has none. */
  readonly user?: string;
  /** As CRI ImageStatus gives them, where the USER itself is not known. */
  readonly uid?: number | bigint;
  readonly username?: string;
  /** Contents of the image's /etc/passwd and /etc/group, where known. */
  readonly passwd?: string;
  readonly group?: string;
}

/** A world file: each part may be left out. */
export interface WorldFile {
  readonly kubernetes?: KubeMinor;
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly allowPrivileged?: boolean;
  readonly namespace?: Partial<NamespaceFacts>;
  readonly podSecurity?: Partial<PodSecurityFacts>;
  readonly node?: Partial<NodeFacts>;
  readonly runtime?: Partial<Omit<RuntimeFacts, "ociRuntime" | "features">> & {
    readonly ociRuntime?: Partial<RuntimeFacts["ociRuntime"]>;
    readonly features?: Partial<RuntimeFeatures> | null;
  };
  readonly images?: Readonly<Record<string, ImageFacts>>;
}

export const DEFAULT_WORLD: World = {
  kubernetes: NEWEST_KUBERNETES,
  featureGates: {},
  allowPrivileged: true,
  namespace: { name: "default", labels: {} },
  podSecurity: { defaults: {}, exemptions: {} },
  node: {
    seccompDefault: false,
    allowedUnsafeSysctls: [],
    defaultPodSysctls: {},
    appArmor: false,
    appArmorUntold: true,
    seLinux: false,
    seLinuxUntold: true,
    appArmorParser: true,
    kernel: "6.18",
    cgroup: "v2",
    thermalThrottleCpus: [],
    kubeletRoot: "/var/lib/kubelet",
  },
  runtime: {
    name: "containerd",
    version: "2.1",
    ociRuntime: { name: "runc", version: "1.3" },
    config: {},
    features: {
      userns: true,
      usernsHostNetwork: false,
      supplementalGroupsPolicy: true,
      recursiveReadOnlyMounts: true,
    },
  },
  images: {},
};

/** Fills what a world file leaves out, part by part, from `base` (default: the newest Kubernetes on containerd 2.1). */
export function completeWorld(file: WorldFile, base: World = DEFAULT_WORLD): World {
  const { runtime } = file;
  const becomesWindows = file.node?.os === "windows" && base.node.os !== "windows";
  const implied = becomesWindows ? onWindows(base.runtime.features) : base.runtime.features;
  const classes = runtime?.classes ?? base.runtime.classes;
  return {
    kubernetes: file.kubernetes ?? base.kubernetes,
    featureGates: { ...base.featureGates, ...file.featureGates },
    allowPrivileged: file.allowPrivileged ?? base.allowPrivileged,
    namespace: { ...base.namespace, ...file.namespace },
    podSecurity: { ...base.podSecurity, ...file.podSecurity },
    node: completeNode(file.node, base.node),
    runtime: {
      name: runtime?.name ?? base.runtime.name,
      version: runtime?.version ?? base.runtime.version,
      ociRuntime: { ...base.runtime.ociRuntime, ...runtime?.ociRuntime },
      config: { ...base.runtime.config, ...runtime?.config },
      features: completeFeatures(runtime?.features, implied),
      ...(classes === undefined ? {} : { classes }),
    },
    images: { ...base.images, ...file.images },
  };
}

function completeNode(file: WorldFile["node"], base: NodeFacts): NodeFacts {
  const { seLinuxUntold, appArmorUntold, ...node } = { ...base, ...file };
  return {
    ...node,
    ...(file?.appArmor === undefined && appArmorUntold === true ? { appArmorUntold } : {}),
    ...(file?.seLinux === undefined && seLinuxUntold === true ? { seLinuxUntold } : {}),
  };
}

const NO_FEATURES: RuntimeFeatures = {
  userns: false,
  usernsHostNetwork: false,
  supplementalGroupsPolicy: false,
  recursiveReadOnlyMounts: false,
};

/** What a Linux kernel is needed for, no runtime of a Windows node reports. */
function onWindows(features: RuntimeFeatures | null): RuntimeFeatures | null {
  return features && { ...features, userns: false, recursiveReadOnlyMounts: false };
}

function completeFeatures(
  told: Partial<RuntimeFeatures> | null | undefined,
  base: RuntimeFeatures | null,
): RuntimeFeatures | null {
  if (told === undefined) return base;
  return told === null ? null : { ...(base ?? NO_FEATURES), ...told };
}
