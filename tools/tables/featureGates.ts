// Writes src/core/tables/featureGates.ts from Kubernetes' own list: node --import tsx tools/tables/featureGates.ts
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { goModule } from "./upstream.ts";

const MODULE = "k8s.io/kubernetes@v1.37.2";
const LIST = "test/compatibility_lifecycle/reference/versioned_feature_list.yaml";
const OUT = "src/core/tables/featureGates.ts";

/** The gates that a room asks for, or that decide whether a security field is known. */
const WANTED = [
  "AtomicWriteVolumeUserFields",
  "ClusterTrustBundleProjection",
  "ContainerRestartRules",
  "ContainerStopSignals",
  "DeclarativeValidationBeta",
  "DefaultPodSysctls",
  "DynamicResourceAllocation",
  "EmptyDirVolumeMode",
  "EnvFiles",
  "EvictionRequestAPI",
  "GRPCContainerProbeTLS",
  "GenericWorkload",
  "GitRepoVolumeDriver",
  "H2CContainerProbe",
  "HostnameOverride",
  "ImageVolume",
  "ImageVolumeWithDigest",
  "InPlacePodVerticalScaling",
  "JobManagedBy",
  "KubeletInUserNamespace",
  "MaxUnavailableStatefulSet",
  "NodeDeclaredFeatures",
  "PodCertificateRequest",
  "PodDeletionCost",
  "PodLevelResources",
  "ProcMountType",
  "RecursiveReadOnlyMounts",
  "RelaxedEnvironmentVariableValidation",
  "RestartAllContainersOnContainerExits",
  "SELinuxChangePolicy",
  "SELinuxMount",
  "SELinuxMountReadWriteOncePod",
  "StatefulSetRecreateStrategy",
  "StrictIPCIDRValidation",
  "SupplementalGroupsPolicy",
  "TaintTolerationComparisonOperators",
  "UserNamespacesHostNetworkSupport",
  "UserNamespacesSupport",
  "VolumeBindMountOptions",
  "WindowsHostNetwork",
];

type Row = readonly [since: string, on: boolean, locked: boolean, stage: string];

/**
 * Gates that are gone from the list, because their features can no longer be switched off (or were dropped):
 * from pkg/features/kube_features.go of the last release that had them.
 */
const REMOVED: Readonly<Record<string, readonly Row[]>> = {
  AppArmor: [
    ["v1.4", true, false, "Beta"],
    ["v1.31", true, true, "GA"],
  ],
  AppArmorFields: [
    ["v1.30", true, false, "Beta"],
    ["v1.31", true, true, "GA"],
  ],
  CSIVolumeFSGroupPolicy: [
    ["v1.19", false, false, "Alpha"],
    ["v1.20", true, false, "Beta"],
    ["v1.23", true, true, "GA"],
  ],
  ConfigurableFSGroupPolicy: [
    ["v1.18", false, false, "Alpha"],
    ["v1.20", true, false, "Beta"],
    ["v1.23", true, true, "GA"],
  ],
  CronJobTimeZone: [
    ["v1.24", false, false, "Alpha"],
    ["v1.25", true, false, "Beta"],
    ["v1.27", true, true, "GA"],
  ],
  DelegateFSGroupToCSIDriver: [
    ["v1.22", false, false, "Alpha"],
    ["v1.23", true, false, "Beta"],
    ["v1.26", true, true, "GA"],
  ],
  EphemeralContainers: [
    ["v1.16", false, false, "Alpha"],
    ["v1.23", true, false, "Beta"],
    ["v1.25", true, true, "GA"],
  ],
  IdentifyPodOS: [
    ["v1.23", false, false, "Alpha"],
    ["v1.24", true, false, "Beta"],
    ["v1.25", true, true, "GA"],
  ],
  JobBackoffLimitPerIndex: [
    ["v1.28", false, false, "Alpha"],
    ["v1.29", true, false, "Beta"],
    ["v1.33", true, true, "GA"],
  ],
  JobPodFailurePolicy: [
    ["v1.25", false, false, "Alpha"],
    ["v1.26", true, false, "Beta"],
    ["v1.31", true, true, "GA"],
  ],
  JobPodReplacementPolicy: [
    ["v1.28", false, false, "Alpha"],
    ["v1.29", true, false, "Beta"],
    ["v1.34", true, true, "GA"],
  ],
  JobSuccessPolicy: [
    ["v1.30", false, false, "Alpha"],
    ["v1.31", true, false, "Beta"],
    ["v1.33", true, true, "GA"],
  ],
  PodSecurity: [
    ["v1.22", false, false, "Alpha"],
    ["v1.23", true, false, "Beta"],
    ["v1.25", true, true, "GA"],
  ],
  SeccompDefault: [
    ["v1.22", false, false, "Alpha"],
    ["v1.25", true, false, "Beta"],
    ["v1.27", true, true, "GA"],
  ],
  SidecarContainers: [
    ["v1.28", false, false, "Alpha"],
    ["v1.29", true, false, "Beta"],
    ["v1.33", true, true, "GA"],
  ],
  SkipReadOnlyValidationGCE: [
    ["v1.28", false, false, "Alpha"],
    ["v1.29", true, false, "Beta"],
    ["v1.31", true, true, "GA"],
  ],
  StatefulSetAutoDeletePVC: [
    ["v1.23", false, false, "Alpha"],
    ["v1.27", true, false, "Beta"],
    ["v1.32", true, true, "GA"],
  ],
  StatefulSetStartOrdinal: [
    ["v1.26", false, false, "Alpha"],
    ["v1.27", true, false, "Beta"],
    ["v1.31", true, true, "GA"],
  ],
  UserNamespacesPodSecurityStandards: [["v1.29", false, false, "Alpha"]],
  WindowsHostProcessContainers: [
    ["v1.22", false, false, "Alpha"],
    ["v1.23", true, false, "Beta"],
    ["v1.26", true, true, "GA"],
  ],
};

interface Entry {
  readonly name: string;
  readonly versionedSpecs: readonly {
    readonly default: boolean;
    readonly lockToDefault: boolean;
    readonly preRelease: string;
    readonly version: string;
  }[];
}

const listed = parse(readFileSync(join(goModule(MODULE), LIST), "utf8")) as readonly Entry[];
const gates = new Map<string, readonly Row[]>(Object.entries(REMOVED));
for (const name of WANTED) {
  const entry = listed.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new Error(`${name}: not in ${LIST}`);
  const rows = entry.versionedSpecs.map(
    (spec): Row => [
      `v${spec.version}`,
      spec.default,
      spec.lockToDefault,
      spec.preRelease === "" ? "GA" : spec.preRelease,
    ],
  );
  gates.set(name, rows);
}

const lines = [...gates]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([name, rows]) =>
      `  ${name}: [${rows
        .map(
          ([since, on, locked, stage]) =>
            `{ since: "${since}", value: { default: ${on}, locked: ${locked}, stage: "${stage}" } }`,
        )
        .join(", ")}],`,
  );
const names = [...gates.keys()].sort();
writeFileSync(
  OUT,
  `// Generated from ${MODULE} ${LIST}
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
${names.map((name) => `  | "${name}"`).join("\n")};

export const FEATURE_GATES: Readonly<Record<GateName, Versioned<GateSpec>>> = {
${lines.join("\n")}
};
`,
);
execFileSync("npx", ["biome", "format", "--write", OUT]);
