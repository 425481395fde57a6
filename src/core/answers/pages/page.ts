// The shape of a finding's page in docs/checks: what it means, how to mend it, and two manifests that are run as tests.

import type { JsonObject } from "../../model/json.ts";
import type { WorldFile } from "../../model/world.ts";
import type { Level } from "../../podsecurity/level.ts";
import type { StageCommandName } from "../../stages.ts";

export interface FindingPage {
  readonly id: string;
  /** One sentence: what is so. */
  readonly title: string;
  readonly why: string;
  readonly mend: string;
  readonly reference: string;
  /** Manifests: the first has the finding, the second has not. */
  readonly failing?: string;
  readonly passing?: string;
  /** What both are checked in; the default world where absent. */
  readonly world?: WorldFile;
  /** The world of `passing`, where the manifest is right and the world is not. */
  readonly passingWorld?: WorldFile;
  /** Absent: privileged. */
  readonly level?: Level;
  /** In place of manifests: why none leads there, and lines of a stage that do and do not. */
  readonly only?: string;
  readonly request?: StageRequest;
}

/** Two lines of `secctx stage NAME`: the first has the finding, the second has not. */
export interface StageRequest {
  readonly stage: StageCommandName;
  readonly failing: JsonObject;
  readonly passing: JsonObject;
}

/** Upstream's pages that many findings are about. */
export const CONTEXT = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/";
export const POD_API =
  "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/";
export const STANDARDS = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";
export const USER_NAMESPACES =
  "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/";
export const SECCOMP = "https://kubernetes.io/docs/tutorials/security/seccomp/";
export const APPARMOR = "https://kubernetes.io/docs/tutorials/security/apparmor/";
export const SYSCTLS = "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/";
export const VOLUMES = "https://kubernetes.io/docs/concepts/storage/volumes/";
export const WINDOWS =
  "https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers";
