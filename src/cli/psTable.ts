// The table of `ps`: a line of `kubectl get pod` for each pod in the background, as far as the terminal is wide.
import type { FoundPod } from "../lifecycle/detachedPods.ts";
import { loggedStatuses } from "../lifecycle/logs/validateContainerLogStatus.ts";
import { humanDuration, restartsText } from "../lifecycle/statusLine.ts";
import { tableText } from "../report/watchText.ts";

const HEAD = ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "ID"];

/** Without the ids where they would make lines too long, and each name is enough to mean its pod. */
export function psTable(pods: readonly FoundPod[], now: number, columns: number): string {
  const rows = pods.map((pod) => rowOf(pod, now));
  const whole = tableText(HEAD, rows);
  const isFitting = whole.split("\n").every((line) => line.length <= columns);
  const names = new Set(pods.map(({ name }) => name));
  if (isFitting || names.size < pods.length) return whole;
  return tableText(
    HEAD.slice(0, -1),
    rows.map((row) => row.slice(0, -1)),
  );
}

function rowOf(pod: FoundPod, now: number): string[] {
  const { id, name, namespace, line, startTime } = pod;
  const age = humanDuration(now - Date.parse(startTime));
  const status = statusOf(pod);
  // Nothing of it lives.
  const ready = status === LOST ? line.ready.replace(/^\d+/, "0") : line.ready;
  return [namespace, name, ready, status, restartsOf(pod, now), age, id];
}

/** The pod's last word is as old as its last change. */
function restartsOf({ line, status }: FoundPod, now: number): string {
  const ends = loggedStatuses(status).flatMap(({ lastState }) => {
    const at = Date.parse(lastState.terminated?.finishedAt ?? "");
    return Number.isNaN(at) ? [] : [at];
  });
  return restartsText(Number.parseInt(line.restarts, 10), ends, now);
}

/** Its secctx was killed, and the pod with it. */
const LOST = "Lost";

function statusOf({ isRunning, hasEnded, line }: FoundPod): string {
  return isRunning || hasEnded ? line.status : LOST;
}
