// Prediction beside observation of one container that ran.
import { compare } from "../core/compare/compare.ts";
import { predictObservation } from "../core/compare/predictObservation.ts";
import { kernel } from "../core/kernel/kernel.ts";
import type { Observation } from "../core/model/observation.ts";
import type { World } from "../core/model/world.ts";
import type { Probe } from "./containerRecord.ts";
import { execFacts } from "./execFacts.ts";
import type { ContainerPlan, StartRequest } from "./plan.ts";

/** undefined where nothing can be predicted: the runtime or the kernel refuses it. */
export function probeOf(
  { walk }: ContainerPlan,
  request: StartRequest,
  observed: Observation | undefined,
  world: World,
): Probe | undefined {
  if (!walk?.spec) return undefined;
  const { spec, sandboxSpec } = walk;
  const exec = execFacts({ rootfs: request.image.rootfs, ...request.process });
  const { status } = kernel({ spec, exec }, world).out;
  if (status === undefined) return undefined;
  const predicted = predictObservation({
    ...{ spec, status },
    ...(sandboxSpec === null ? {} : { sandboxSpec }),
  });
  const differences =
    observed === undefined ? [] : compare({ predicted, observed }, world).out.differences;
  return { predicted, observed: observed ?? null, differences };
}
