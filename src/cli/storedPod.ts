// The pod with what else a cluster's API server, and the controller of its workload, would have put into it.
import type { Journey } from "../core/journey.ts";
import { withApiDefaults } from "../lifecycle/apiDefaults.ts";
import { mountServiceAccountToken } from "../lifecycle/serviceAccount.ts";
import type { Manifests } from "./manifests.ts";
import { withStatefulHost } from "./statefulPod.ts";

export function asStored(journey: Journey, { objects }: Pick<Manifests, "objects">): Journey {
  const { pod } = journey;
  if (pod === null) return journey;
  const whole = withApiDefaults(withStatefulHost(pod, journey.document));
  return { ...journey, pod: mountServiceAccountToken(whole, objects) };
}
