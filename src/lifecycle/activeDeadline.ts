// activeDeadlineSeconds: how long a pod may be active on a node.
import type { Pod } from "../core/model/pod.ts";
import { timerMs } from "../node/clock.ts";

/** @see kubernetes v1.37.2 pkg/kubelet/active_deadline.go */
export function startActiveDeadline({ spec }: Pod, over: () => void): NodeJS.Timeout | undefined {
  const { activeDeadlineSeconds: seconds } = spec;
  if (seconds === undefined || seconds === null) return undefined;
  return setTimeout(over, timerMs(Number(seconds) * 1000));
}
