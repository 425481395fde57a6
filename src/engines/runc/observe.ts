// What the tracer has seen of a container's process right after its execve, beside the sandbox's namespaces.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Observation } from "../../core/model/observation.ts";
import type { ContainerRequest } from "../engine.ts";
import { askedOf, type NamespaceLinks, namespaceLinks, toObservation } from "../observation.ts";
import type { ContainerPlace } from "./begunLayers.ts";

const LOOK_MS = 5;

/** Where the tracer writes it. */
export function observedFile({ bundle }: Pick<ContainerPlace, "bundle">): string {
  return join(bundle, "observed");
}

/** The tracer's file is there a moment after the start, and for certain when the container has ended. */
export async function observe(
  place: ContainerPlace,
  request: ContainerRequest,
  { ended, links }: { readonly ended: Promise<unknown>; readonly links: () => NamespaceLinks },
): Promise<Observation | undefined> {
  const file = observedFile(place);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over && !existsSync(file)) await patience();
  if (!existsSync(file)) return undefined;
  const copied = readFileSync(file, "utf8");
  return toObservation(copied, askedOf(request), {
    host: namespaceLinks("/proc/self/ns"),
    sandbox: links(),
  });
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
