// The fields that exist only while a feature gate is on: how to see that one is used, and the spec without it.
// @see kubernetes v1.37.2 pkg/api/pod/util.go dropDisabledFields and the functions it calls
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { Container, PodSecurityContext, PodSpec, VolumeMount } from "../model/pod.ts";
import type { GateName } from "../tables/featureGates.ts";
import { CONTAINER_LISTS } from "./containers.ts";
import {
  inContainers,
  inHooks,
  inProbes,
  isSetAt,
  type Place,
  placesOf,
  VOLUME_USERS,
  withoutPlaces,
} from "./gatedPlaces.ts";

export interface GatedField {
  readonly gate: GateName;
  readonly isUsed: (spec: PodSpec) => boolean;
  readonly drop: (spec: PodSpec) => PodSpec;
}

/** In the server's order. */
export const GATED_FIELDS: readonly GatedField[] = [
  specField("UserNamespacesSupport", "hostUsers"),
  contextField("SupplementalGroupsPolicy", "supplementalGroupsPolicy"),
  placed("PodLevelResources", ["resources"]),
  {
    gate: "ProcMountType",
    isUsed: (spec) => someContainer(spec, usesProcMount),
    // A leftover of 1.12, which had forced a value: the field is reset, not removed.
    drop: (spec) => mapContainers(spec, resetProcMount),
  },
  placed("DynamicResourceAllocation", ["resourceClaims", ...inContainers("resources.claims")]),
  placed("ClusterTrustBundleProjection", ["volumes.projected.sources.clusterTrustBundle"]),
  placed("PodCertificateRequest", ["volumes.projected.sources.podCertificate"]),
  placed("AtomicWriteVolumeUserFields", VOLUME_USERS),
  placed("GenericWorkload", ["schedulingGroup"]),
  placed("GRPCContainerProbeTLS", inProbes("grpc.mode")),
  placed("EvictionRequestAPI", ["evictionResponders"]),
  placed("InPlacePodVerticalScaling", inContainers("resizePolicy")),
  {
    gate: "ContainerRestartRules",
    isUsed: (spec) => someContainer(spec, usesRestartPolicy),
    drop: dropContainerRestartRules,
  },
  mountField("RecursiveReadOnlyMounts", "recursiveReadOnly"),
  {
    gate: "EmptyDirVolumeMode",
    isUsed: ({ volumes }) =>
      volumes?.some(({ emptyDir }) => isJsonObject(emptyDir) && "mode" in emptyDir) ?? false,
    drop: dropEmptyDirMode,
  },
  mountField("VolumeBindMountOptions", "bindMountOptions"),
  specField("HostnameOverride", "hostnameOverride"),
  placed("EnvFiles", inContainers("env.valueFrom.fileKeyRef")),
  {
    gate: "ImageVolume",
    isUsed: ({ volumes }) => volumes?.some((volume) => volume["image"] !== undefined) ?? false,
    drop: dropImageVolumes,
  },
  contextField("SELinuxChangePolicy", "seLinuxChangePolicy"),
  placed("ContainerStopSignals", inContainers("lifecycle.stopSignal")),
  placed("H2CContainerProbe", [...inProbes("httpGet.protocol"), ...inHooks("httpGet.protocol")]),
];

function placed(gate: GateName, fields: readonly Place[]): GatedField {
  const places = placesOf(fields);
  return {
    gate,
    isUsed: (spec) => isSetAt(spec, places),
    drop: (spec) => withoutPlaces(spec, places),
  };
}

function specField(gate: GateName, field: "hostUsers" | "hostnameOverride"): GatedField {
  return {
    gate,
    isUsed: (spec) => spec[field] !== undefined,
    drop: ({ [field]: _dropped, ...spec }) => spec as PodSpec,
  };
}

function contextField(gate: GateName, field: keyof PodSecurityContext): GatedField {
  return {
    gate,
    isUsed: ({ securityContext }) => securityContext?.[field] !== undefined,
    drop: (spec) => {
      const { [field]: _dropped, ...securityContext } = spec.securityContext ?? {};
      return { ...spec, securityContext };
    },
  };
}

function mountField(gate: GateName, field: "recursiveReadOnly" | "bindMountOptions"): GatedField {
  const isUsed = (mount: VolumeMount): boolean => field in mount;
  return {
    gate,
    isUsed: (spec) =>
      someContainer(spec, ({ volumeMounts }) => volumeMounts?.some(isUsed) ?? false),
    drop: (spec) =>
      mapContainers(spec, (container) =>
        withMounts(container, (mounts) => mounts.map((mount) => without(mount, field))),
      ),
  };
}

function someContainer(spec: PodSpec, isSo: (container: Container) => boolean): boolean {
  for (const list of CONTAINER_LISTS) {
    if (spec[list]?.some(isSo)) return true;
  }
  return false;
}

function mapContainers(spec: PodSpec, change: (container: Container) => Container): PodSpec {
  const changed: Record<string, readonly Container[]> = {};
  for (const list of CONTAINER_LISTS) {
    const containers = spec[list];
    if (containers !== undefined) changed[list] = containers.map(change);
  }
  return { ...spec, ...changed };
}

function usesProcMount({ securityContext }: Container): boolean {
  return securityContext?.procMount !== undefined && securityContext.procMount !== "Default";
}

function resetProcMount(container: Container): Container {
  if (!usesProcMount(container)) return container;
  return { ...container, securityContext: { ...container.securityContext, procMount: "Default" } };
}

function usesRestartPolicy(container: Container): boolean {
  return container.restartPolicy !== undefined || container["restartPolicyRules"] !== undefined;
}

/** Only an init container may keep a restart policy, and only the one that makes it a sidecar. */
function dropContainerRestartRules(spec: PodSpec): PodSpec {
  const bare = (container: Container): Container =>
    without(without(container, "restartPolicyRules"), "restartPolicy");
  const { initContainers } = spec;
  const dropped = mapContainers(spec, bare);
  if (initContainers === undefined) return dropped;
  const kept = initContainers.map((container) =>
    container.restartPolicy === "Always"
      ? without(container, "restartPolicyRules")
      : bare(container),
  );
  return { ...dropped, initContainers: kept };
}

function dropEmptyDirMode(spec: PodSpec): PodSpec {
  const volumes = spec.volumes?.map((volume) => {
    const { emptyDir } = volume;
    return isJsonObject(emptyDir) ? { ...volume, emptyDir: without(emptyDir, "mode") } : volume;
  });
  return volumes === undefined ? spec : { ...spec, volumes };
}

function dropImageVolumes(spec: PodSpec): PodSpec {
  const images = new Set<string>();
  const { volumes = [], ...rest } = spec;
  for (const volume of volumes) {
    if (volume["image"] !== undefined) images.add(volume.name);
  }
  const kept = volumes.filter(({ name }) => !images.has(name));
  const bare = kept.length === 0 ? rest : { ...rest, volumes: kept };
  return mapContainers(bare as PodSpec, (container) =>
    withMounts(container, (mounts) => mounts.filter(({ name }) => !images.has(name))),
  );
}

function withMounts(
  container: Container,
  change: (mounts: readonly VolumeMount[]) => readonly VolumeMount[],
): Container {
  if (container.volumeMounts === undefined) return container;
  const volumeMounts = change(container.volumeMounts);
  if (volumeMounts.length === 0) return without(container, "volumeMounts");
  return { ...container, volumeMounts };
}

function without<T extends object>(object: T, field: string): T {
  const { [field]: _dropped, ...rest } = object as JsonObject;
  return rest as T;
}
