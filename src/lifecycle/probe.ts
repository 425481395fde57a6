// Prediction beside observation of one container that ran, and what was tried with its credentials.
import { readFileSync } from "node:fs";
import { triesOf } from "../core/answers/tries.ts";
import { compare } from "../core/compare/compare.ts";
import { compareTries } from "../core/compare/compareTries.ts";
import { predictObservation } from "../core/compare/predictObservation.ts";
import type { Journey } from "../core/journey.ts";
import { kernel } from "../core/kernel/kernel.ts";
import type { Observation } from "../core/model/observation.ts";
import type { PlaceFacts, TryName } from "../core/model/tries.ts";
import type { Probe } from "./containerRecord.ts";
import { execFacts } from "./execFacts.ts";
import type { ContainerPlan, StartRequest } from "./plan.ts";

export interface Probed {
  readonly request: StartRequest;
  readonly places: readonly PlaceFacts[];
  readonly observed: Observation | undefined;
}

/** undefined where nothing can be predicted: the runtime or the kernel refuses it. */
export function probeOf(
  { walk }: ContainerPlan,
  { request, places, observed: seen }: Probed,
  journey: Journey,
): Probe | undefined {
  if (!walk?.spec) return undefined;
  const { world } = journey;
  const { spec, sandboxSpec } = walk;
  const exec = execFacts({ rootfs: request.image.rootfs, ...request.process });
  const { status } = kernel({ spec, exec }, world).out;
  if (status === undefined) return undefined;
  const predicted = predictObservation({
    ...{ spec, status },
    ...(sandboxSpec === null ? {} : { sandboxSpec }),
  });
  const { attempts = null, ...observed } = seen ?? {};
  const { hostNetwork, securityContext } = journey.pod?.spec ?? {};
  const { fsGroup } = securityContext ?? {};
  const facts = {
    ...{ spec, sandboxSpec, status, places, hostSysctls: hostSysctls() },
    fsGroup: fsGroup === undefined || fsGroup === null ? undefined : Number(fsGroup),
    hostNetwork: hostNetwork === true,
    inUserNamespace: world.node.inUserNamespace === true,
  };
  const tries = triesOf(journey, request.name, facts, attempts);
  if (seen === undefined) return { predicted, observed: null, differences: [], tries };
  const { differences } = compare({ predicted, observed: seen }, world).out;
  return {
    ...{ predicted, observed: observed as Observation, tries },
    differences: [...differences, ...compareTries(tries)],
  };
}

/** What to try in a container. */
export function triesAt(places: readonly PlaceFacts[]): TryName[] {
  return [
    ...places.map(({ path }) => `write:${path}` as const),
    "bind:80",
    "setuid:",
    "raw:",
    "ping:",
  ];
}

/** They hold in the host's network. */
const SYSCTLS = ["net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range"];

function hostSysctls(): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of SYSCTLS) {
    try {
      values[name] = readFileSync(`/proc/sys/${name.replaceAll(".", "/")}`, "utf8").trim();
    } catch {
      // A kernel without IPv4.
    }
  }
  return values;
}
