// Generated from k8s.io/kubernetes@v1.37.2 test/compatibility_lifecycle/reference/versioned_feature_list.yaml
// (gates gone from it: pkg/features/kube_features.go of the last release that had them)
// by: node --import tsx tools/tables/featureGates.ts
import type { Versioned } from "../model/version.ts";

/** What one release says of a gate; a locked one cannot be set otherwise. */
export interface GateSpec {
  readonly default: boolean;
  readonly locked: boolean;
  readonly stage: "Alpha" | "Beta" | "GA" | "Deprecated";
}

export type GateName =
  | "AppArmor"
  | "AppArmorFields"
  | "AtomicWriteVolumeUserFields"
  | "CSIVolumeFSGroupPolicy"
  | "ClusterTrustBundleProjection"
  | "ConfigurableFSGroupPolicy"
  | "ContainerRestartRules"
  | "ContainerStopSignals"
  | "CronJobTimeZone"
  | "DeclarativeValidationBeta"
  | "DefaultPodSysctls"
  | "DelegateFSGroupToCSIDriver"
  | "DynamicResourceAllocation"
  | "EmptyDirVolumeMode"
  | "EnvFiles"
  | "EphemeralContainers"
  | "EvictionRequestAPI"
  | "GRPCContainerProbeTLS"
  | "GenericWorkload"
  | "GitRepoVolumeDriver"
  | "H2CContainerProbe"
  | "HostnameOverride"
  | "IdentifyPodOS"
  | "ImageVolume"
  | "ImageVolumeWithDigest"
  | "InPlacePodVerticalScaling"
  | "JobBackoffLimitPerIndex"
  | "JobManagedBy"
  | "JobPodFailurePolicy"
  | "JobPodReplacementPolicy"
  | "JobSuccessPolicy"
  | "KubeletInUserNamespace"
  | "MaxUnavailableStatefulSet"
  | "NodeDeclaredFeatures"
  | "PodCertificateRequest"
  | "PodDeletionCost"
  | "PodLevelResources"
  | "PodSecurity"
  | "ProcMountType"
  | "RecursiveReadOnlyMounts"
  | "RelaxedEnvironmentVariableValidation"
  | "RestartAllContainersOnContainerExits"
  | "SELinuxChangePolicy"
  | "SELinuxMount"
  | "SELinuxMountReadWriteOncePod"
  | "SeccompDefault"
  | "SidecarContainers"
  | "SkipReadOnlyValidationGCE"
  | "StatefulSetAutoDeletePVC"
  | "StatefulSetRecreateStrategy"
  | "StatefulSetStartOrdinal"
  | "StrictIPCIDRValidation"
  | "SupplementalGroupsPolicy"
  | "TaintTolerationComparisonOperators"
  | "UserNamespacesHostNetworkSupport"
  | "UserNamespacesPodSecurityStandards"
  | "UserNamespacesSupport"
  | "VolumeBindMountOptions"
  | "WindowsHostNetwork"
  | "WindowsHostProcessContainers";

export const FEATURE_GATES: Readonly<Record<GateName, Versioned<GateSpec>>> = {
  AppArmor: [
    { since: "v1.4", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.31", value: { default: true, locked: true, stage: "GA" } },
  ],
  AppArmorFields: [
    { since: "v1.30", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.31", value: { default: true, locked: true, stage: "GA" } },
  ],
  AtomicWriteVolumeUserFields: [
    { since: "v1.37", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  CSIVolumeFSGroupPolicy: [
    { since: "v1.19", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.20", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.23", value: { default: true, locked: true, stage: "GA" } },
  ],
  ClusterTrustBundleProjection: [
    { since: "v1.29", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.33", value: { default: false, locked: false, stage: "Beta" } },
    { since: "v1.37", value: { default: true, locked: false, stage: "GA" } },
  ],
  ConfigurableFSGroupPolicy: [
    { since: "v1.18", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.20", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.23", value: { default: true, locked: true, stage: "GA" } },
  ],
  ContainerRestartRules: [
    { since: "v1.34", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.35", value: { default: true, locked: false, stage: "Beta" } },
  ],
  ContainerStopSignals: [
    { since: "v1.33", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  CronJobTimeZone: [
    { since: "v1.24", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.25", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.27", value: { default: true, locked: true, stage: "GA" } },
  ],
  DeclarativeValidationBeta: [
    { since: "v1.36", value: { default: true, locked: false, stage: "Beta" } },
  ],
  DefaultPodSysctls: [{ since: "v1.37", value: { default: false, locked: false, stage: "Alpha" } }],
  DelegateFSGroupToCSIDriver: [
    { since: "v1.22", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.23", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.26", value: { default: true, locked: true, stage: "GA" } },
  ],
  DynamicResourceAllocation: [
    { since: "v1.26", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.32", value: { default: false, locked: false, stage: "Beta" } },
    { since: "v1.34", value: { default: true, locked: false, stage: "GA" } },
    { since: "v1.35", value: { default: true, locked: true, stage: "GA" } },
  ],
  EmptyDirVolumeMode: [
    { since: "v1.37", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  EnvFiles: [
    { since: "v1.34", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.35", value: { default: true, locked: false, stage: "Beta" } },
  ],
  EphemeralContainers: [
    { since: "v1.16", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.23", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.25", value: { default: true, locked: true, stage: "GA" } },
  ],
  EvictionRequestAPI: [
    { since: "v1.37", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  GRPCContainerProbeTLS: [
    { since: "v1.37", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  GenericWorkload: [
    { since: "v1.35", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.37", value: { default: false, locked: false, stage: "Beta" } },
  ],
  GitRepoVolumeDriver: [
    { since: "v1.0", value: { default: true, locked: false, stage: "GA" } },
    { since: "v1.33", value: { default: false, locked: false, stage: "Deprecated" } },
    { since: "v1.36", value: { default: false, locked: true, stage: "Deprecated" } },
  ],
  H2CContainerProbe: [{ since: "v1.37", value: { default: false, locked: false, stage: "Alpha" } }],
  HostnameOverride: [
    { since: "v1.34", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.35", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.37", value: { default: true, locked: true, stage: "GA" } },
  ],
  IdentifyPodOS: [
    { since: "v1.23", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.24", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.25", value: { default: true, locked: true, stage: "GA" } },
  ],
  ImageVolume: [
    { since: "v1.31", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.33", value: { default: false, locked: false, stage: "Beta" } },
    { since: "v1.35", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.36", value: { default: true, locked: true, stage: "GA" } },
  ],
  ImageVolumeWithDigest: [
    { since: "v1.35", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  InPlacePodVerticalScaling: [
    { since: "v1.27", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.33", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.35", value: { default: true, locked: true, stage: "GA" } },
  ],
  JobBackoffLimitPerIndex: [
    { since: "v1.28", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.29", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.33", value: { default: true, locked: true, stage: "GA" } },
  ],
  JobManagedBy: [
    { since: "v1.30", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.32", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.35", value: { default: true, locked: true, stage: "GA" } },
  ],
  JobPodFailurePolicy: [
    { since: "v1.25", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.26", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.31", value: { default: true, locked: true, stage: "GA" } },
  ],
  JobPodReplacementPolicy: [
    { since: "v1.28", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.29", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.34", value: { default: true, locked: true, stage: "GA" } },
  ],
  JobSuccessPolicy: [
    { since: "v1.30", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.31", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.33", value: { default: true, locked: true, stage: "GA" } },
  ],
  KubeletInUserNamespace: [
    { since: "v1.22", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.37", value: { default: true, locked: false, stage: "Beta" } },
  ],
  MaxUnavailableStatefulSet: [
    { since: "v1.24", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.35", value: { default: false, locked: false, stage: "Beta" } },
    { since: "v1.37", value: { default: true, locked: false, stage: "Beta" } },
  ],
  NodeDeclaredFeatures: [
    { since: "v1.35", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.36", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.37", value: { default: true, locked: true, stage: "GA" } },
  ],
  PodCertificateRequest: [
    { since: "v1.34", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.35", value: { default: false, locked: false, stage: "Beta" } },
    { since: "v1.37", value: { default: true, locked: false, stage: "GA" } },
  ],
  PodDeletionCost: [
    { since: "v1.21", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.22", value: { default: true, locked: false, stage: "Beta" } },
  ],
  PodLevelResources: [
    { since: "v1.32", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.34", value: { default: true, locked: false, stage: "Beta" } },
  ],
  PodSecurity: [
    { since: "v1.22", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.23", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.25", value: { default: true, locked: true, stage: "GA" } },
  ],
  ProcMountType: [
    { since: "v1.12", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.31", value: { default: false, locked: false, stage: "Beta" } },
    { since: "v1.33", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.36", value: { default: true, locked: true, stage: "GA" } },
  ],
  RecursiveReadOnlyMounts: [
    { since: "v1.30", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.31", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.33", value: { default: true, locked: true, stage: "GA" } },
  ],
  RelaxedEnvironmentVariableValidation: [
    { since: "v1.30", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.32", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.34", value: { default: true, locked: true, stage: "GA" } },
  ],
  RestartAllContainersOnContainerExits: [
    { since: "v1.35", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.36", value: { default: true, locked: false, stage: "Beta" } },
  ],
  SELinuxChangePolicy: [
    { since: "v1.32", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.33", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.36", value: { default: true, locked: true, stage: "GA" } },
  ],
  SELinuxMount: [
    { since: "v1.30", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.33", value: { default: false, locked: false, stage: "Beta" } },
    { since: "v1.37", value: { default: true, locked: false, stage: "GA" } },
  ],
  SELinuxMountReadWriteOncePod: [
    { since: "v1.25", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.27", value: { default: false, locked: false, stage: "Beta" } },
    { since: "v1.28", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.36", value: { default: true, locked: true, stage: "GA" } },
  ],
  SeccompDefault: [
    { since: "v1.22", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.25", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.27", value: { default: true, locked: true, stage: "GA" } },
  ],
  SidecarContainers: [
    { since: "v1.28", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.29", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.33", value: { default: true, locked: true, stage: "GA" } },
  ],
  SkipReadOnlyValidationGCE: [
    { since: "v1.28", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.29", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.31", value: { default: true, locked: true, stage: "GA" } },
  ],
  StatefulSetAutoDeletePVC: [
    { since: "v1.23", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.27", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.32", value: { default: true, locked: true, stage: "GA" } },
  ],
  StatefulSetRecreateStrategy: [
    { since: "v1.37", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  StatefulSetStartOrdinal: [
    { since: "v1.26", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.27", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.31", value: { default: true, locked: true, stage: "GA" } },
  ],
  StrictIPCIDRValidation: [
    { since: "v1.33", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.36", value: { default: true, locked: false, stage: "Beta" } },
  ],
  SupplementalGroupsPolicy: [
    { since: "v1.31", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.33", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.35", value: { default: true, locked: true, stage: "GA" } },
  ],
  TaintTolerationComparisonOperators: [
    { since: "v1.35", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  UserNamespacesHostNetworkSupport: [
    { since: "v1.35", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  UserNamespacesPodSecurityStandards: [
    { since: "v1.29", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  UserNamespacesSupport: [
    { since: "v1.25", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.30", value: { default: false, locked: false, stage: "Beta" } },
    { since: "v1.33", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.36", value: { default: true, locked: true, stage: "GA" } },
  ],
  VolumeBindMountOptions: [
    { since: "v1.37", value: { default: false, locked: false, stage: "Alpha" } },
  ],
  WindowsHostNetwork: [
    { since: "v1.26", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.33", value: { default: false, locked: false, stage: "Deprecated" } },
  ],
  WindowsHostProcessContainers: [
    { since: "v1.22", value: { default: false, locked: false, stage: "Alpha" } },
    { since: "v1.23", value: { default: true, locked: false, stage: "Beta" } },
    { since: "v1.26", value: { default: true, locked: true, stage: "GA" } },
  ],
};
