// Whether the pod's volumes can be set up: without the ConfigMap or Secret of one of them the kubelet never comes to the sandbox.
import { isJsonObject, type JsonValue } from "../model/json.ts";
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { goQuote } from "../rules/goText.ts";
import { missingObject } from "./configObjects.ts";
import { close, type Notes, open } from "./notes.ts";
import { isMounted } from "./volumeTree.ts";

/** Writes a FailedMount event for each mounted volume that lacks its object. @see kubernetes v1.37.2 pkg/kubelet/kubelet.go SyncPod, WaitForAttachAndMount */
export function isWaitingForVolumes(pod: Pod, world: World, notes: Notes): boolean {
  const { configMaps, secrets } = world.namespace;
  if (configMaps === undefined && secrets === undefined) return false;
  let waiting = false;
  for (const [index, volume] of (pod.spec.volumes ?? []).entries()) {
    const problem = missingFor(volume, world);
    if (problem === undefined || !isMounted(pod, volume.name)) continue;
    const message = `MountVolume.SetUp failed for volume ${goQuote(volume.name)} : ${problem}`;
    notes.events.push({ type: "Warning", reason: "FailedMount", message });
    close(notes, { refusal: message, gate: "volumes", path: ["spec", "volumes", index] });
    waiting = true;
  }
  if (!waiting) open(notes, "volumes");
  return waiting;
}

function missingFor(
  source: Readonly<Record<string, JsonValue | undefined>>,
  world: World,
): string | undefined {
  const { configMap, secret, projected } = source;
  if (isJsonObject(configMap)) return missingObject("ConfigMap", configMap, world);
  if (isJsonObject(secret)) return missingObject("Secret", secret, world);
  const parts = isJsonObject(projected) ? projected["sources"] : undefined;
  if (!Array.isArray(parts)) return undefined;
  for (const part of parts as readonly JsonValue[]) {
    const problem = isJsonObject(part) ? missingFor(part, world) : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}
