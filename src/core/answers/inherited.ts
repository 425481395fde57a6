// Where a container has a field from that a finding is about: the pod's own, where it inherits.
import type { Journey } from "../journey.ts";
import { determineEffectiveSecurityContext } from "../kubelet/effective.ts";
import { valueAt } from "../manifest/workloads.ts";
import type { FieldPath, Finding } from "../model/finding.ts";
import { type ContainerAt, containersOf, type Pod } from "../model/pod.ts";
import type { Setting } from "../model/setting.ts";

/** Of several that bear one name the first. A pod may have thousands of findings. */
function containersByName(pod: Pod): ReadonlyMap<string, ContainerAt> {
  let named = BY_NAME.get(pod);
  if (named === undefined) {
    named = new Map(
      containersOf(pod.spec)
        .toReversed()
        .map((at) => [at.container?.name, at] as const),
    );
    BY_NAME.set(pod, named);
  }
  return named;
}

const BY_NAME = new WeakMap<Pod, ReadonlyMap<string, ContainerAt>>();

/** The pod's own field (from the document's root), where the container that the finding names has it from there. */
export function inheritedFrom(
  { container: name, field }: Finding,
  { document, pod }: Journey,
): FieldPath | undefined {
  if (name === undefined || field === undefined) return undefined;
  const judged = pod ?? document.pod;
  const at = containersByName(judged).get(name);
  if (at === undefined) return undefined;
  const { object, objectPath, workload } = document;
  const inObject = workload.podPath.slice(objectPath.length);
  // A value that no program could decode is the container's own all the same.
  const own = valueAt(object, [...inObject, ...at.path, "securityContext", field]);
  if (own !== undefined && own !== null) return undefined;
  const effective = determineEffectiveSecurityContext(judged, at);
  const settings: Readonly<Record<string, Setting<unknown> | undefined>> = effective;
  const setting = Object.hasOwn(settings, field) ? settings[field] : undefined;
  if (setting?.source.kind !== "manifest" || setting.source.path[1] !== "securityContext") {
    return undefined;
  }
  return [...document.workload.podPath, ...setting.source.path];
}
