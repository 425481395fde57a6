// Own words about a pod that secctx ended where a kubelet would have gone on: nothing of it is claimed in the kubelet's name.
import type { Pod } from "../core/model/pod.ts";
import type { ContainerRecord } from "./containerRecord.ts";
import { getPhase } from "./phase.ts";
import type { PodOutcome } from "./podRun.ts";
import type { PodStatus } from "./podStatus.ts";
import { restartReason } from "./shouldRestart.ts";

/** Why a container waits whose image could not be had. */
const IMAGE_REASONS: readonly string[] = [
  ...["ErrImagePull", "ErrImageNeverPull", "ImageInspectError", "InvalidImageName"],
];

/** What the kubelet tries again at every turn, and what cannot change while secctx runs. */
const REFUSED: readonly string[] = ["CreateContainerConfigError", "CreateContainerError"];
const POD_REFUSED: readonly string[] = ["FailedMount", "FailedCreatePodSandBox"];

type Ended = Pick<PodOutcome, "containers" | "phase" | "reason">;

/** One sentence for each thing. */
export function endNotes(pod: Pod, { containers, phase, reason }: Ended): string[] {
  const notes = containers.filter(lacksImage).map(({ at: { container } }) => {
    return `a kubelet would try again to get the image of ${container.name}; --timeout SECONDS and --restarts NUMBER do so here`;
  });
  const refused = containers.filter((record) => REFUSED.includes(waitsFor(record)));
  if (refused.length > 0) {
    notes.push(
      `a kubelet would go on trying to create ${namesOf(refused)}; secctx does not, since nothing changes here`,
    );
  }
  if (POD_REFUSED.includes(reason)) {
    notes.push("a kubelet would go on trying; secctx does not, since nothing changes here");
  }
  if (reason === "Unschedulable") {
    notes.push("a scheduler would go on trying; secctx does not, since nothing changes here");
  }
  const ended = containers.filter(({ leftEnded, state }) => leftEnded && "terminated" in state);
  if (ended.length === 0) return notes;
  const there = getPhase(pod, containers, false);
  const differs = there === phase ? "" : ` and tell phase ${there}, not ${phase}`;
  notes.push(
    `a kubelet would start ${namesOf(ended)} again (${reasonsOf(ended, pod)})${differs}; --restarts does so here`,
  );
  return notes;
}

function lacksImage(record: ContainerRecord): boolean {
  return record.leftEnded && IMAGE_REASONS.includes(waitsFor(record));
}

/** "" of one that does not wait. */
function waitsFor({ state }: ContainerRecord): string {
  return "waiting" in state ? state.waiting.reason : "";
}

function namesOf(records: readonly ContainerRecord[]): string {
  return records.map(({ at }) => at.container.name).join(", ");
}

function reasonsOf(ended: readonly ContainerRecord[], pod: Pod): string {
  const reasons = ended.map(({ at, state }) => {
    return restartReason(at, pod, "terminated" in state ? state.terminated.exitCode : 0);
  });
  return [...new Set(reasons)].join("; ");
}

/** Readers of the Pod alone are told, too; what the kubelet says of a pod as a whole stands. */
export function statusWithNotes(status: PodStatus, notes: readonly string[] = []): PodStatus {
  if (notes.length === 0 || status.reason !== undefined) return status;
  return { ...status, reason: "EndedBySecctx", message: notes.join("; ") };
}
