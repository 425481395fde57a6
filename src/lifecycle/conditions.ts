// The conditions of a pod that the kubelet writes, from its containers' statuses.
import type { Pod } from "../core/model/pod.ts";
import { at, type KubeMinor, type Versioned } from "../core/model/version.ts";
import type { ContainerRecord } from "./containerRecord.ts";
import { exitCodeOf } from "./containerRecord.ts";
import type { Phase } from "./phase.ts";

export interface Condition {
  readonly type: string;
  readonly status: "True" | "False";
  readonly reason?: string;
  readonly message?: string;
}

export interface ConditionFacts {
  readonly pod: Pod;
  readonly kubernetes: KubeMinor;
  readonly records: readonly ContainerRecord[];
  readonly phase: Phase;
  readonly sandbox: "none" | "ready" | "notReady";
}

/** Since when the kubelet tells that the sandbox is ready. */
const READY_TO_START: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.29", value: true },
];

/** In the kubelet's order. @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go generateAPIPodStatus */
export function conditionsOf(facts: ConditionFacts): Condition[] {
  return [
    ...(at(READY_TO_START, facts.kubernetes) === true ? [readyToStart(facts)] : []),
    initialized(facts),
    ready(facts),
    containersReady(facts),
    { type: "PodScheduled", status: "True" },
  ];
}

/** Since when an unready sandbox is told with a reason. */
const SANDBOX_REASONS: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.37", value: true },
];

/** @see kubernetes v1.37.2 pkg/kubelet/status/generate.go GeneratePodReadyToStartContainersCondition */
function readyToStart({ sandbox, kubernetes }: ConditionFacts): Condition {
  const type = "PodReadyToStartContainers";
  if (sandbox === "ready") return { type, status: "True" };
  if (at(SANDBOX_REASONS, kubernetes) !== true) return { type, status: "False" };
  const message = sandbox === "none" ? "no pod sandbox exists" : "pod sandbox is not ready";
  return { type, status: "False", reason: "PodSandboxNotReady", message };
}

/** @see kubernetes v1.37.2 pkg/kubelet/status/generate.go GeneratePodInitializedCondition */
function initialized({ records, phase }: ConditionFacts): Condition {
  const type = "Initialized";
  if (phase === "Succeeded") return { type, status: "True", reason: "PodCompleted" };
  const hasMain = records.some(
    (record) =>
      record.at.kind === "container" &&
      ("running" in record.state || exitCodeOf(record) !== undefined),
  );
  const incomplete = records.filter(isUninitialized).map(({ at: { container } }) => container.name);
  if (hasMain || incomplete.length === 0) return { type, status: "True" };
  const message = `containers with incomplete status: [${incomplete.join(" ")}]`;
  return { type, status: "False", reason: "ContainersNotInitialized", message };
}

function isUninitialized({ at: { kind }, state, started }: ContainerRecord): boolean {
  if (kind === "sidecar") return !started;
  if (kind !== "init") return false;
  return !("terminated" in state && state.terminated.exitCode === 0);
}

/** @see kubernetes v1.37.2 pkg/kubelet/status/generate.go GenerateContainersReadyCondition */
function containersReady({ records, phase }: ConditionFacts): Condition {
  const type = "ContainersReady";
  if (phase === "Succeeded") return { type, status: "False", reason: "PodCompleted" };
  if (phase === "Failed") return { type, status: "False", reason: "PodFailed" };
  const unready = [...records.filter(isKind("sidecar")), ...records.filter(isKind("container"))]
    .filter((record) => !record.ready)
    .map(({ at: { container } }) => container.name);
  if (unready.length === 0) return { type, status: "True" };
  const message = `containers with unready status: [${unready.join(" ")}]`;
  return { type, status: "False", reason: "ContainersNotReady", message };
}

function isKind(kind: string): (record: ContainerRecord) => boolean {
  return (record) => record.at.kind === kind;
}

/**
 * Nobody sets a readiness gate's condition here.
 * @see kubernetes v1.37.2 pkg/kubelet/status/generate.go GeneratePodReadyCondition
 */
function ready(facts: ConditionFacts): Condition {
  const containers = containersReady(facts);
  const gates = facts.pod.spec["readinessGates"];
  if (containers.status === "False" || !Array.isArray(gates) || gates.length === 0) {
    return { ...containers, type: "Ready" };
  }
  const message = gates
    .map(({ conditionType }: { conditionType?: unknown }) => {
      const gate = JSON.stringify(String(conditionType));
      return `corresponding condition of pod readiness gate ${gate} does not exist.`;
    })
    .join(", ");
  return { type: "Ready", status: "False", reason: "ReadinessGatesNotReady", message };
}
