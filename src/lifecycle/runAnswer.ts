// The answer of `run -o json`: one object when the pod has ended.

import { type PlacedFinding, placeFinding } from "../core/answers/place.ts";
import type { Tried } from "../core/answers/tries.ts";
import type { ObservedDifference } from "../core/compare/compare.ts";
import { findingsOf, type Journey } from "../core/journey.ts";
import type { Observation } from "../core/model/observation.ts";
import type { ContainerKind } from "../core/model/pod.ts";
import type { EngineInfo } from "../engines/engine.ts";
import { type ContainerRecord, type ContainerState, exitCodeOf } from "./containerRecord.ts";
import { endNotes } from "./endNotes.ts";
import type { Phase } from "./phase.ts";
import type { PodEvent } from "./podEvents.ts";
import type { PodNow, PodOutcome } from "./podRun.ts";
import { warningsOf } from "./warnings.ts";

export interface RunAnswer {
  /** Of a pod that is left running, as the commands about such pods take it. */
  readonly id?: string;
  readonly pod: { readonly name: string; readonly namespace: string };
  readonly engine: EngineInfo;
  /** null: the API server refused it, so there never was a pod. */
  readonly phase: string | null;
  readonly reason: string;
  readonly message: string;
  readonly exitCode: number;
  readonly containers: readonly RunContainer[];
  readonly events: readonly PodEvent[];
  readonly leftBehind: readonly string[];
  /** What of the pod's resources this machine cannot hold; absent where all is. */
  readonly notHeld?: readonly string[];
  /** The API server's, as kubectl prints them; absent where there are none. */
  readonly warnings?: readonly string[];
  /** What some stage refuses, with its lines, as `explain` finds it; absent where none does. */
  readonly findings?: readonly PlacedFinding[];
  /** What a kubelet would have done otherwise, and what may help; absent where there is nothing to say. */
  readonly notes?: readonly string[];
}

export interface RunContainer {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly image: string;
  readonly state: ContainerState;
  readonly restartCount: number;
  /** null: it never ran. */
  readonly exitCode: number | null;
  readonly logs: string;
  /** With --probe. */
  readonly predicted?: Observation;
  readonly observed?: Observation | null;
  readonly differences?: readonly ObservedDifference[];
  readonly tries?: readonly Tried[];
}

/** Exit code where the pod's first container never ran. */
export const NEVER_RAN = 125;

export function runAnswer(
  journey: Journey,
  engine: EngineInfo,
  outcome: PodOutcome,
  notHeld: readonly string[] = [],
  hints: readonly string[] = [],
): RunAnswer {
  const containers = outcome.containers.map(toAnswer);
  const first = containers.find(({ kind }) => kind === "container");
  const { reason, message } = outcome.reason === "" ? reasonOf(containers) : outcome;
  return {
    pod: podOf(journey),
    engine,
    phase: outcome.phase,
    reason,
    message,
    exitCode: outcome.isReady ? 0 : (first?.exitCode ?? NEVER_RAN),
    containers,
    events: outcome.events,
    leftBehind: outcome.leftBehind,
    ...(notHeld.length === 0 ? {} : { notHeld }),
    ...refusals(journey),
    ...toldWarnings(journey),
    ...notesOf(journey, outcome, hints),
  };
}

/** Of a pod that is left running: all as it is now. */
export function answerNow(
  journey: Journey,
  engine: EngineInfo,
  left: { readonly id: string; readonly now: PodNow; readonly events: readonly PodEvent[] },
  notHeld: readonly string[] = [],
): RunAnswer {
  const { now, events, id } = left;
  const { status, line, containers } = now;
  const { reason = "", message = "" } = status;
  const phase = status.phase as Phase;
  const outcome = { status, line, phase, reason, message, containers, events };
  const answer = runAnswer(journey, engine, { ...outcome, isReady: true, leftBehind: [] }, notHeld);
  return { id, ...answer };
}

function notesOf(
  { pod }: Journey,
  outcome: PodOutcome,
  hints: readonly string[],
): { notes?: readonly string[] } {
  const notes = [...(pod === null ? [] : endNotes(pod, outcome)), ...hints];
  return notes.length === 0 ? {} : { notes };
}

/** A pod that the API server or Pod Security refuses: its words. */
export function refusedAnswer(journey: Journey, engine: EngineInfo): RunAnswer | undefined {
  const { status } = journey.apiserver.out;
  const message = status?.message ?? journey.podSecurity.refusal;
  if (message === undefined) return undefined;
  return {
    ...{ pod: podOf(journey), engine, phase: null, message, exitCode: NEVER_RAN },
    reason: status?.reason ?? "Forbidden",
    ...{ containers: [], events: [], leftBehind: [] },
    ...refusals(journey),
    ...toldWarnings(journey),
  };
}

function refusals(journey: Journey): Pick<RunAnswer, "findings"> {
  const findings = findingsOf(journey)
    .filter(({ severity }) => severity === "refusal")
    .map((finding) => placeFinding(finding, journey.document));
  return findings.length === 0 ? {} : { findings };
}

function toldWarnings(journey: Journey): Pick<RunAnswer, "warnings"> {
  const warnings = warningsOf(journey);
  return warnings.length === 0 ? {} : { warnings };
}

export function podOf({ document, world, pod }: Journey): RunAnswer["pod"] {
  const { workload } = document;
  return {
    name: pod?.metadata?.name ?? workload.name,
    namespace: pod?.metadata?.namespace ?? workload.namespace ?? world.namespace.name,
  };
}

function toAnswer(record: ContainerRecord): RunContainer {
  const { at, state, restartCount, logs, probe } = record;
  return {
    name: at.container.name,
    kind: at.kind,
    image: at.container.image ?? "",
    ...{ state, restartCount },
    exitCode: exitCodeOf(record) ?? null,
    logs: logs.text(),
    ...probe,
  };
}

/** Why a container does not run, of the first that does not. */
function reasonOf(containers: readonly RunContainer[]): { reason: string; message: string } {
  for (const { state } of containers) {
    if (!("waiting" in state)) continue;
    const { reason, message = "" } = state.waiting;
    if (reason !== "PodInitializing" && reason !== "ContainerCreating") return { reason, message };
  }
  return { reason: "", message: "" };
}
