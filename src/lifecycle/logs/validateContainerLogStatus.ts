// Which start of a container is meant by its log, from the pod's status; why there is none, in the kubelet's words.
import { goQuote } from "../../core/rules/goText.ts";
import { EngineError } from "../../node/errors.ts";
import type { PodStatus } from "../podStatus.ts";

interface Ended {
  readonly containerID?: string;
  readonly finishedAt?: string;
}

interface States {
  readonly waiting?: { readonly reason: string };
  readonly running?: object;
  readonly terminated?: Ended;
}

export interface LoggedStatus extends Ended {
  readonly name: string;
  readonly restartCount: number;
  readonly state: States;
  readonly lastState: States;
}

/** The kubelet's words for what a container waits for; else the reason itself is told. */
const WAITING: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: "trying and failing to pull image",
};

/**
 * @returns how often it had been started again until then
 * @throws EngineError when it was not
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go validateContainerLogStatus
 */
export function validateContainerLogStatus(
  pod: { readonly name: string; readonly status: PodStatus },
  container: string,
  previous: boolean,
): number {
  const named = `container ${goQuote(container)} in pod ${goQuote(pod.name)}`;
  const found = loggedStatuses(pod.status).find(({ name }) => name === container);
  if (found === undefined) throw new EngineError(`${named} is not available`);
  const { state, lastState } = found;
  const last = attemptOf(lastState.terminated);
  if (previous) {
    if (last === undefined) throw new EngineError(`previous terminated ${named} not found`);
    return last;
  }
  const attempt = attemptOf(state.running === undefined ? state.terminated : found) ?? last;
  if (attempt !== undefined) return attempt;
  if (state.terminated !== undefined) throw new EngineError(`${named} is terminated`);
  const { reason } = state.waiting ?? {};
  if (reason === undefined) throw new EngineError(`${named} is waiting to start - no logs yet`);
  throw new EngineError(`${named} is waiting to start: ${WAITING[reason] ?? reason}`);
}

/** Init containers first, as they have run. */
export function loggedStatuses(status: PodStatus): LoggedStatus[] {
  return [status["initContainerStatuses"], status["containerStatuses"]].flatMap(
    (all) => (all ?? []) as readonly LoggedStatus[],
  );
}

/** Its id ends with it. */
function attemptOf(of: Ended | undefined): number | undefined {
  const [, attempt] = /-(\d+)$/.exec(of?.containerID ?? "") ?? [];
  return attempt === undefined ? undefined : Number(attempt);
}
