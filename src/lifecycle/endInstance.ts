// How one start of a container is ended: told, its preStop hook, whoever goes before it, the signal, SIGKILL.
import type { ContainerExit, RunningContainer } from "../engines/engine.ts";
import { monotonicMs } from "../node/clock.ts";
import type { LifeInput } from "./lifeInput.ts";
import { runHook } from "./probes/hooks.ts";
import type { Probes } from "./probes/probes.ts";
import { endWithin, sleepUntil } from "./stopping.ts";

/** One start of the container. */
export interface Instance {
  readonly running: RunningContainer;
  readonly ended: Promise<ContainerExit>;
  probes?: Probes;
  /** Why it is being ended, once it is. */
  killing?: Promise<void>;
  byProbe: boolean;
}

/** Why it is ended; without a message it is for good. */
export interface Why {
  readonly message?: string;
  readonly probe?: "startup" | "liveness";
  readonly turn?: Promise<unknown> | undefined;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer */
export async function endInstance(
  { running, ended, probes }: Instance,
  { message, probe, turn }: Why,
  input: Pick<LifeInput, "on" | "hooks" | "signal" | "grace" | "reach">,
): Promise<void> {
  const { on, hooks, signal } = input;
  const grace = input.grace(probe);
  const begun = monotonicMs();
  const left = (): number => grace.seconds - Math.floor((monotonicMs() - begun) / 1000);
  on.killing(message);
  probes?.quiet();
  if (hooks.preStop !== undefined && left() > 0) {
    const hook = runHook(hooks.preStop, input.reach(running), hooks.pod).then((failure) => {
      if (failure === undefined) return;
      on.event({ type: "Warning", reason: "FailedPreStopHook", message: "PreStopHook failed" });
    });
    await sleepUntil(Promise.race([hook, ended]), left() * 1000);
  }
  if (turn !== undefined) await sleepUntil(Promise.race([turn, ended]), left() * 1000);
  await endWithin(running, { ended, signal, ms: Math.max(left(), grace.atLeast) * 1000 });
}
