// Own words before a pod starts: what a cluster would do otherwise, and what of the manifest does nothing.
import type { Journey } from "../core/journey.ts";
import type { JsonObject } from "../core/model/json.ts";
import { servicesWithoutAddress } from "../lifecycle/serviceEnvironment.ts";
import { oneOfReplicas } from "./podToRun.ts";

/** One sentence for each thing. */
export async function startNotes(
  journey: Journey,
  objects: readonly JsonObject[],
): Promise<string[]> {
  const { document, pod } = journey;
  const one = oneOfReplicas(document);
  const services = pod === null ? [] : servicesWithoutAddress(pod, objects);
  return [
    ...(one === "" ? [] : [one]),
    ...services.map(
      (name) =>
        `service ${name} has no clusterIP: a cluster gives it one and tells it to the pod (${variable(name)} …); here nothing does`,
    ),
    ...(await aboutCapabilities(journey)),
  ];
}

function variable(service: string): string {
  return `${service.replaceAll("-", "_").toUpperCase()}_SERVICE_HOST`;
}

/** As `check` tells it, in one line. */
async function aboutCapabilities(journey: Journey): Promise<string[]> {
  const { pod, document } = journey;
  if (pod === null) return [];
  // What most pods do not need costs no start-up time.
  if (!JSON.stringify(pod.spec).includes('"capabilities"')) return [];
  const { capabilitiesInVain } = await import("../core/answers/capabilitiesInVain.ts");
  const { placeFinding } = await import("../core/answers/place.ts");
  return capabilitiesInVain(journey).map((finding) => {
    const { container, message, file, line, column } = placeFinding(finding, document);
    const place = line === undefined ? "" : ` (${file}:${line}:${column})`;
    return `${container === undefined ? "" : `${container}: `}${message}${place}`;
  });
}
