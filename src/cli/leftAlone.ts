// When the command that starts a pod in the background has seen enough of it: it runs, is ready, or waits as it would in a cluster.
import type { PodNow } from "../lifecycle/podRun.ts";

/** The pod stays, and goes on trying to get an image, as it would in a cluster. */
const NO_IMAGE = /(?:ImagePullBackOff|ErrImageNeverPull|ImageInspectError|InvalidImageName)$/;

/** One container waits for good; the pod stays as long as another runs, and its phase is Pending all that time. */
const REFUSED = /^CreateContainer(?:Config)?Error$/;

export function isLeftAlone(
  { status, line, running }: Pick<PodNow, "status" | "line" | "running">,
  waitsForReady: boolean,
): boolean {
  if (waitsForReady) {
    return status.conditions.some((one) => one.type === "Ready" && one.status === "True");
  }
  if (status.phase !== "Pending" || NO_IMAGE.test(line.status)) return true;
  return running.size > 0 && REFUSED.test(line.status);
}
