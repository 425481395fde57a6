// A pod that comes to no node: the scheduler's words about a claim that is not there.
import type { JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import { at, type KubeMinor, type Versioned } from "../core/model/version.ts";
import { goQuote } from "../core/rules/goText.ts";
import { asText, findObject, part } from "../volumes/objects.ts";
import type { PodEvents } from "./podEvents.ts";
import type { RunInput } from "./podRun.ts";
import type { Stopped } from "./refusedByKubelet.ts";

/**
 * undefined for a pod that goes on. One that names its node passes the scheduler by.
 * @see kubernetes v1.37.2 pkg/scheduler/schedule_one.go handleSchedulingFailure
 */
export function refusedByScheduler(
  { journey, objects, claims }: Pick<RunInput, "journey" | "objects" | "claims">,
  pod: Pod,
  events: PodEvents,
): Stopped | undefined {
  if (asText(pod.spec["nodeName"] as string) !== "") return undefined;
  const missing = missingClaim(pod, objects, claims);
  if (missing === undefined) return undefined;
  const why = `persistentvolumeclaim ${goQuote(missing)} not found`;
  const message = fitError(why, pod, journey.world.kubernetes);
  events.unscheduled(message);
  return { phase: "Pending", reason: "Unschedulable", message, isUnscheduled: true };
}

/** Also of a volume that no container mounts. @see kubernetes v1.37.2 pkg/scheduler/framework/plugins/volumebinding/volume_binding.go podHasPVCs */
function missingClaim(
  { metadata, spec }: Pod,
  objects: readonly JsonObject[],
  claims: RunInput["claims"],
): string | undefined {
  const store = { namespace: metadata?.namespace ?? "default", objects };
  for (const volume of spec.volumes ?? []) {
    const name = asText(part(volume as JsonObject, "persistentVolumeClaim")["claimName"]);
    if (name === "" || claims[name] !== undefined) continue;
    if (findObject(store, "PersistentVolumeClaim", name) === undefined) return name;
  }
  return undefined;
}

interface Words {
  /** What fails before any node is looked at is counted like a node's reason. */
  readonly counted: boolean;
  /** What follows of preemption: nothing yet, its words, or these with one more full stop. */
  readonly preemption: "untold" | "told" | "told with a full stop";
}

const WORDS: Versioned<Words> = [
  { since: "v1.0", value: { counted: true, preemption: "untold" } },
  { since: "v1.24", value: { counted: true, preemption: "told" } },
  { since: "v1.26", value: { counted: false, preemption: "told with a full stop" } },
  { since: "v1.29", value: { counted: false, preemption: "told" } },
];

/**
 * Of a cluster whose only node is this machine.
 * @see kubernetes v1.37.2 pkg/scheduler/framework/types.go FitError.Error
 */
function fitError(why: string, { spec }: Pod, kubernetes: KubeMinor): string {
  const { counted, preemption } = at(WORDS, kubernetes) ?? { counted: false, preemption: "told" };
  const first = `0/1 nodes are available: ${counted ? "1 " : ""}${why}.`;
  if (preemption === "untold") return first;
  const told =
    spec["preemptionPolicy"] === "Never"
      ? "not eligible due to preemptionPolicy=Never."
      : "0/1 nodes are available: 1 Preemption is not helpful for scheduling.";
  return `${first} preemption: ${told}${preemption === "told" ? "" : "."}`;
}
