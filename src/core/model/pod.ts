// The Kubernetes API objects as JSON spells them: what bears on security is typed, the rest passes through.
import type { Int64, JsonObject, JsonValue } from "./json.ts";

export interface ObjectMeta {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Pod {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: ObjectMeta;
  readonly spec: PodSpec;
}

export interface PodSpec {
  readonly securityContext?: PodSecurityContext;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly ephemeralContainers?: readonly EphemeralContainer[];
  readonly volumes?: readonly Volume[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly shareProcessNamespace?: boolean;
  readonly os?: { readonly name?: string };
  readonly restartPolicy?: string;
  readonly runtimeClassName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly hostname?: string;
  readonly terminationGracePeriodSeconds?: Int64;
  readonly activeDeadlineSeconds?: Int64;
  readonly automountServiceAccountToken?: boolean;
  readonly serviceAccountName?: string;
  readonly [other: string]: unknown;
}

export interface PodSecurityContext {
  readonly seLinuxOptions?: SELinuxOptions;
  readonly windowsOptions?: WindowsSecurityContextOptions;
  readonly runAsUser?: Int64;
  readonly runAsGroup?: Int64;
  readonly runAsNonRoot?: boolean;
  readonly supplementalGroups?: readonly Int64[];
  readonly supplementalGroupsPolicy?: string;
  readonly fsGroup?: Int64;
  readonly sysctls?: readonly Sysctl[];
  readonly fsGroupChangePolicy?: string;
  readonly seccompProfile?: SeccompProfile;
  readonly appArmorProfile?: AppArmorProfile;
  readonly seLinuxChangePolicy?: string;
}

export interface SecurityContext {
  readonly capabilities?: Capabilities;
  readonly privileged?: boolean;
  readonly seLinuxOptions?: SELinuxOptions;
  readonly windowsOptions?: WindowsSecurityContextOptions;
  readonly runAsUser?: Int64;
  readonly runAsGroup?: Int64;
  readonly runAsNonRoot?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly procMount?: string;
  readonly seccompProfile?: SeccompProfile;
  readonly appArmorProfile?: AppArmorProfile;
}

export interface Capabilities {
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
}
export interface SELinuxOptions {
  readonly user?: string;
  readonly role?: string;
  readonly type?: string;
  readonly level?: string;
}
export interface SeccompProfile {
  readonly type?: string;
  readonly localhostProfile?: string;
}
export interface AppArmorProfile {
  readonly type?: string;
  readonly localhostProfile?: string;
}
export interface WindowsSecurityContextOptions {
  readonly gmsaCredentialSpecName?: string;
  readonly gmsaCredentialSpec?: string;
  readonly runAsUserName?: string;
  readonly hostProcess?: boolean;
}
export interface Sysctl {
  readonly name: string;
  readonly value: string;
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly ports?: readonly ContainerPort[];
  readonly env?: readonly JsonObject[];
  readonly envFrom?: readonly JsonObject[];
  readonly volumeMounts?: readonly VolumeMount[];
  readonly volumeDevices?: readonly JsonObject[];
  readonly imagePullPolicy?: string;
  readonly securityContext?: SecurityContext;
  readonly restartPolicy?: string;
  readonly livenessProbe?: JsonObject;
  readonly readinessProbe?: JsonObject;
  readonly startupProbe?: JsonObject;
  readonly lifecycle?: JsonObject;
  readonly resources?: JsonObject;
  readonly stdin?: boolean;
  readonly tty?: boolean;
  readonly [other: string]: unknown;
}
export interface EphemeralContainer extends Container {
  readonly targetContainerName?: string;
}
export interface ContainerPort {
  readonly name?: string;
  readonly containerPort?: Int64;
  readonly hostPort?: Int64;
  readonly hostIP?: string;
  readonly protocol?: string;
}
export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
  readonly recursiveReadOnly?: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
  readonly mountPropagation?: string;
}
/** One source key beside `name`: `{ name, emptyDir: {…} }`. */
export interface Volume {
  readonly name: string;
  readonly [source: string]: JsonValue | undefined;
}

export type ContainerKind = "init" | "sidecar" | "container" | "ephemeral";

/** One container of a pod with its kind and its path from the pod's root. */
export interface ContainerAt {
  readonly kind: ContainerKind;
  readonly container: Container;
  readonly path: readonly [string, string, number];
}

/** Every container in upstream's visiting order: init containers (sidecars among them), containers, ephemeral ones; none without a spec. */
export function containersOf(spec: PodSpec | undefined): ContainerAt[] {
  const found: ContainerAt[] = [];
  if (spec === undefined) return found;
  spec.initContainers?.forEach((container, index) => {
    const kind = container.restartPolicy === "Always" ? "sidecar" : "init";
    found.push({ kind, container, path: ["spec", "initContainers", index] });
  });
  spec.containers?.forEach((container, index) => {
    found.push({ kind: "container", container, path: ["spec", "containers", index] });
  });
  spec.ephemeralContainers?.forEach((container, index) => {
    found.push({ kind: "ephemeral", container, path: ["spec", "ephemeralContainers", index] });
  });
  return found;
}
