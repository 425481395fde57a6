// The pod with what else a cluster's API server, and the controller of its workload, would have put into it.
import type { Journey } from "../core/journey.ts";
import { withApiDefaults } from "../lifecycle/apiDefaults.ts";
import { mountServiceAccountToken } from "../lifecycle/serviceAccount.ts";
import { withJobIdentity } from "./jobPod.ts";
import type { Manifests } from "./manifests.ts";
import { withStatefulHost } from "./statefulPod.ts";

export function asStored(journey: Journey, { objects }: Pick<Manifests, "objects">): Journey {
  const { document, pod, world } = journey;
  if (pod === null) return journey;
  const made = withJobIdentity(withStatefulHost(pod, document), document, world);
  const whole = withApiDefaults(made);
  return { ...journey, pod: mountServiceAccountToken(whole, objects) };
}
