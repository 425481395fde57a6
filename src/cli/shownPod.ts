// A pod in the background as the API would show it, also one that got lost.
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import { apiPodOf, type FoundPod } from "../lifecycle/detachedPods.ts";

/** Its secctx was killed, and the pod with it: it has not said how it ended. */
export function isLost({ isRunning, hasEnded }: FoundPod): boolean {
  return !isRunning && !hasEnded;
}

/** What no program says: on a node a pod outlives its kubelet. */
export const LOST = "Lost";

export function shownPod(found: FoundPod): JsonObject {
  const pod = apiPodOf(found);
  if (!isLost(found)) return pod;
  const status = isJsonObject(pod["status"]) ? pod["status"] : {};
  const message = "its secctx was killed, and the pod with it";
  return { ...pod, status: { ...status, phase: LOST, message } };
}
