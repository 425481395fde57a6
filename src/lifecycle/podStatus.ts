// The status of a pod as the API shows it, and the Pod with it: `kubectl get pod -o yaml`, as far as one machine can tell.
import { hostname } from "node:os";
import type { PodQOSClass } from "../core/kubelet/getPodQOS.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { ContainerKind, Pod } from "../core/model/pod.ts";
import { at, type Versioned } from "../core/model/version.ts";
import { type Condition, type ConditionFacts, conditionsOf } from "./conditions.ts";
import type { ContainerRecord, ContainerState } from "./containerRecord.ts";

export interface StatusFacts extends ConditionFacts {
  /** Of the pod as a whole; "" where it has none. */
  readonly reason: string;
  readonly message: string;
  readonly startTime: string;
  readonly now: string;
  readonly podIP: string;
  readonly hostIP: string;
  readonly qosClass: PodQOSClass;
  /** What only the pod's run knows of a container, by name. */
  readonly about: ReadonlyMap<string, AboutContainer>;
}

export interface AboutContainer {
  readonly imageID?: string | undefined;
  /** Of its nth start, from 0. */
  readonly containerID?: (attempt: number) => string;
  readonly user?: SpecUser | undefined;
  readonly recursiveReadOnly: ReadonlySet<string>;
}

export interface SpecUser {
  readonly uid: number;
  readonly gid: number;
  readonly additionalGids?: readonly number[];
}

/** What the API server adds to the metadata of a pod that is to end. */
export interface Deletion {
  /** When it is to be gone. */
  readonly deletionTimestamp: string;
  readonly deletionGracePeriodSeconds: number;
}

export interface TimedCondition extends Condition {
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number;
}

export interface PodStatus {
  readonly phase: string;
  readonly reason?: string;
  readonly message?: string;
  readonly conditions: readonly TimedCondition[];
  readonly [other: string]: unknown;
}

/** Since when conditions and the status tell the generation that they were made of. */
const GENERATIONS: Versioned<object> = [
  { since: "v1.0", value: {} },
  { since: "v1.34", value: { observedGeneration: 1 } },
];

const HOST_IPS: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.29", value: true },
];

/**
 * Of a pod that has come to no node.
 * @see kubernetes v1.37.2 pkg/scheduler/schedule_one.go updatePod
 */
export function unscheduledStatus(
  facts: Pick<StatusFacts, "kubernetes" | "message" | "now" | "qosClass">,
): PodStatus {
  const { kubernetes, message, now, qosClass } = facts;
  const condition = {
    ...(at(GENERATIONS, kubernetes) ?? {}),
    ...{ lastProbeTime: null, lastTransitionTime: now, type: "PodScheduled" },
    ...({ status: "False", reason: "Unschedulable", message } as const),
  };
  return { phase: "Pending", conditions: [condition], qosClass };
}

/** @param before the status until now: a condition keeps its time while its status stays */
export function podStatus(facts: StatusFacts, before: PodStatus | undefined): PodStatus {
  const generation = at(GENERATIONS, facts.kubernetes) ?? {};
  const statuses = (kinds: readonly ContainerKind[]): object[] =>
    facts.records
      .filter((record) => kinds.includes(record.at.kind))
      .map((record) => containerStatus(record, facts));
  const init = statuses(["init", "sidecar"]);
  const conditions = conditionsOf(facts).map((condition) => {
    const old = before?.conditions.find(({ type }) => type === condition.type);
    const lastTransitionTime =
      old?.status === condition.status ? old.lastTransitionTime : facts.now;
    return { ...generation, lastProbeTime: null, lastTransitionTime, ...condition };
  });
  const { podIP } = facts;
  return {
    ...{ ...generation, phase: facts.phase, conditions },
    ...(facts.reason === "" ? {} : { reason: facts.reason }),
    ...(facts.message === "" ? {} : { message: facts.message }),
    hostIP: facts.hostIP,
    ...(at(HOST_IPS, facts.kubernetes) === true ? { hostIPs: [{ ip: facts.hostIP }] } : {}),
    startTime: facts.startTime,
    ...(podIP === "" ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    ...(init.length === 0 ? {} : { initContainerStatuses: init }),
    containerStatuses: statuses(["container"]),
    qosClass: facts.qosClass,
  };
}

/** Since when the status of a container tells its mounts, its user, and its resources (in place resize). */
const TELLS: Versioned<{
  readonly mounts: boolean;
  readonly user: boolean;
  readonly resources: boolean;
}> = [
  { since: "v1.0", value: { mounts: false, user: false, resources: false } },
  { since: "v1.31", value: { mounts: true, user: false, resources: false } },
  { since: "v1.33", value: { mounts: true, user: true, resources: true } },
];

/** @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses */
function containerStatus(record: ContainerRecord, { about, kubernetes }: StatusFacts): object {
  const { container, kind } = record.at;
  const { imageID, containerID, user, recursiveReadOnly } = about.get(container.name) ?? {};
  const tells = at(TELLS, kubernetes);
  const { restartCount: restarts } = record;
  // The one that waits to be started again is not counted yet.
  const isWaiting = "waiting" in record.state;
  const hasRun = !isWaiting || record.lastState !== undefined;
  const succeeded =
    kind === "init" && "terminated" in record.state && record.state.terminated.exitCode === 0;
  const mounts = (container.volumeMounts ?? []).map(({ name, mountPath, readOnly }) => {
    const rro = recursiveReadOnly?.has(mountPath) === true ? "Enabled" : "Disabled";
    const only = readOnly === true ? { readOnly, recursiveReadOnly: rro } : {};
    return { name, mountPath, ...only };
  });
  return {
    name: container.name,
    image: container.image ?? "",
    imageID: hasRun ? (imageID ?? "") : "",
    ...(hasRun && containerID !== undefined ? { containerID: containerID(restarts) } : {}),
    state: withId(record.state, containerID?.(restarts)),
    lastState: withId(record.lastState ?? {}, containerID?.(isWaiting ? restarts : restarts - 1)),
    ready: succeeded || record.ready,
    started: record.started,
    restartCount: restarts,
    ...(tells?.resources === true && hasRun ? resourcesOf(record.at.container.resources) : {}),
    ...(tells?.mounts === true && mounts.length > 0 ? { volumeMounts: mounts } : {}),
    ...(tells?.user === true && hasRun && user !== undefined ? { user: linuxUser(user) } : {}),
  };
}

/** An end tells whose it was. */
function withId(state: ContainerState | object, containerID: string | undefined): object {
  if (!("terminated" in state) || containerID === undefined) return state;
  return { terminated: { containerID, ...state.terminated } };
}

/** What was asked for is what it has. @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go convertContainerStatusResources */
function resourcesOf(asked: JsonObject | undefined): object {
  const { requests, limits } = (asked ?? {}) as Readonly<Record<string, JsonObject | undefined>>;
  const requested = { ...limits, ...requests };
  if (Object.keys(requested).length === 0) return { resources: {} };
  const limited = limits === undefined ? {} : { limits };
  return { allocatedResources: requested, resources: { ...limited, requests: requested } };
}

function linuxUser({ uid, gid, additionalGids = [] }: SpecUser): object {
  return { linux: { uid, gid, supplementalGroups: additionalGids } };
}

/** The pod with `status`; without one (the API server refused it) as it was asked for. */
export function podWithStatus(pod: Pod | null, status: PodStatus | undefined): JsonObject {
  const { metadata, spec, ...rest } = (pod ?? { spec: { containers: [] } }) as Pod & JsonObject;
  const whole = { apiVersion: "v1", kind: "Pod", ...rest, metadata, spec };
  if (status === undefined) return whole as unknown as JsonObject;
  const [first] = status.conditions;
  const { observedGeneration = first?.observedGeneration } = status;
  const generation = observedGeneration === undefined ? {} : { generation: observedGeneration };
  const isScheduled = first?.reason !== "Unschedulable";
  // It is scheduled as soon as it is there.
  const creationTimestamp = status["startTime"] ?? first?.lastTransitionTime;
  return {
    ...whole,
    metadata: { ...metadata, ...generation, creationTimestamp },
    spec: { ...(isScheduled ? { nodeName: hostname() } : {}), ...spec },
    status,
  } as unknown as JsonObject;
}
