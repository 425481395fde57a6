// The Pod as the API would show it when the run has ended: the pod with its status.
import type { Journey } from "../core/journey.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import type { RunAnswer, RunContainer } from "./runAnswer.ts";

/** `kubectl get pod -o yaml`, as far as one machine can tell. */
export function podWithStatus(answer: RunAnswer, { pod, containers }: Journey): object {
  const statuses = (kinds: readonly string[]): object[] =>
    answer.containers
      .filter(({ kind }) => kinds.includes(kind))
      .map((container) => {
        const spec = containers?.find(({ name }) => name === container.name)?.spec;
        return containerStatus(container, spec?.process?.user);
      });
  const init = statuses(["init", "sidecar"]);
  return {
    apiVersion: "v1",
    kind: "Pod",
    ...withoutKind(pod),
    status: {
      ...(answer.phase === null ? {} : { phase: answer.phase }),
      ...(answer.reason === "" ? {} : { reason: answer.reason, message: answer.message }),
      ...(init.length === 0 ? {} : { initContainerStatuses: init }),
      containerStatuses: statuses(["container"]),
    },
  };
}

function withoutKind(pod: Pod | null): JsonObject {
  return (pod ?? {}) as JsonObject;
}

interface SpecUser {
  readonly uid: number;
  readonly gid: number;
  readonly additionalGids?: readonly number[];
}

function containerStatus(container: RunContainer, user: SpecUser | undefined): object {
  const { name, image, state, restartCount } = container;
  return {
    ...{ name, image, state, restartCount },
    ready: false,
    started: false,
    ...(user === undefined
      ? {}
      : {
          user: {
            linux: {
              uid: user.uid,
              gid: user.gid,
              supplementalGroups: user.additionalGids ?? [],
            },
          },
        }),
  };
}
