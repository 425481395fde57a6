// The pod that Pod Security sees: as it is written, but without the fields that the release drops.
import { dropDisabledFields } from "../apiserver/dropDisabledFields.ts";
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";

/** `pod` itself where nothing is dropped. */
export function asJudged(pod: Pod, world: World): Pod {
  if ((pod.spec ?? null) === null) return pod;
  const spec = dropDisabledFields(pod.spec, world);
  return spec === pod.spec ? pod : { ...pod, spec };
}
