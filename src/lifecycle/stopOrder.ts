// In which order a pod's containers end: all are told at once, but a sidecar gets its signal only after those that lean on it.
import type { ContainerLife } from "./containerLife.ts";
import type { ContainerPlan } from "./plan.ts";

export interface Turn {
  readonly life: ContainerLife;
  /** What has to end first. */
  readonly turn: Promise<unknown> | undefined;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_termination_order.go newTerminationOrdering */
export function inTurn(
  plans: readonly ContainerPlan[],
  lives: ReadonlyMap<string, ContainerLife>,
): Turn[] {
  const found = plans.flatMap(({ at }) => {
    const life = lives.get(at.container.name);
    return life === undefined ? [] : [{ kind: at.kind, life }];
  });
  return found.map(({ kind, life }, index) => {
    if (kind !== "sidecar") return { life, turn: undefined };
    const after = found.filter(
      (other, place) => other.kind === "container" || (other.kind === "sidecar" && place > index),
    );
    return { life, turn: Promise.all(after.map((other) => other.life.ended)) };
  });
}
