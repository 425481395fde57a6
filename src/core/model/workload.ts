// The specs of the workloads as JSON spells them: what their own validation reads.
import type { Int64, JsonObject } from "./json.ts";

export type IntOrString = number | string;

export interface RollingUpdate {
  readonly partition?: number;
  readonly maxUnavailable?: IntOrString;
  readonly maxSurge?: IntOrString;
}
export interface UpdateStrategy {
  readonly type?: string;
  readonly rollingUpdate?: RollingUpdate;
}

export interface DeploymentSpec {
  readonly replicas?: number;
  readonly selector?: JsonObject;
  readonly strategy?: UpdateStrategy;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly progressDeadlineSeconds?: number;
}

export type ReplicaSetSpec = Pick<DeploymentSpec, "replicas" | "selector" | "minReadySeconds">;

export interface DaemonSetSpec {
  readonly selector?: JsonObject;
  readonly updateStrategy?: UpdateStrategy;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
}

export interface StatefulSetSpec {
  readonly replicas?: number;
  readonly selector?: JsonObject;
  readonly serviceName?: string;
  readonly podManagementPolicy?: string;
  readonly updateStrategy?: UpdateStrategy;
  readonly persistentVolumeClaimRetentionPolicy?: ClaimRetentionPolicy;
  readonly volumeClaimTemplates?: readonly JsonObject[];
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly ordinals?: { readonly start?: number };
}
export interface ClaimRetentionPolicy {
  readonly whenDeleted?: string;
  readonly whenScaled?: string;
}

export interface ReplicationControllerSpec {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  readonly selector?: Readonly<Record<string, string>>;
  readonly template?: JsonObject;
}

export interface JobSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly activeDeadlineSeconds?: Int64;
  readonly backoffLimit?: number;
  readonly backoffLimitPerIndex?: number;
  readonly maxFailedIndexes?: number;
  readonly ttlSecondsAfterFinished?: number;
  readonly completionMode?: string;
  readonly selector?: JsonObject;
  readonly manualSelector?: boolean;
  readonly podFailurePolicy?: PodFailurePolicy;
  readonly successPolicy?: SuccessPolicy;
  readonly podReplacementPolicy?: string;
  readonly managedBy?: string;
}
export interface PodFailurePolicy {
  readonly rules?: readonly PodFailurePolicyRule[];
}
export interface PodFailurePolicyRule {
  readonly action?: string;
  readonly onExitCodes?: OnExitCodes;
  readonly onPodConditions?: readonly OnPodCondition[];
}
export interface OnExitCodes {
  readonly containerName?: string;
  readonly operator?: string;
  readonly values?: readonly number[];
}
export interface OnPodCondition {
  readonly type?: string;
  readonly status?: string;
}
export interface SuccessPolicy {
  readonly rules?: readonly SuccessPolicyRule[];
}
export interface SuccessPolicyRule {
  readonly succeededIndexes?: string;
  readonly succeededCount?: number;
}

export interface CronJobSpec {
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly startingDeadlineSeconds?: Int64;
  readonly concurrencyPolicy?: string;
  readonly jobTemplate?: { readonly spec?: JobSpec };
  readonly successfulJobsHistoryLimit?: number;
  readonly failedJobsHistoryLimit?: number;
}
