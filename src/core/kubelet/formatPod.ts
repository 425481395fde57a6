// How the kubelet names a pod in its messages.
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";

/**
 * `name_namespace(uid)`.
 * @see kubernetes v1.37.2 pkg/kubelet/util/format/pod.go Pod
 */
export function formatPod(pod: Pod, world: World): string {
  const { name = "", namespace = world.namespace.name, uid = "" } = pod.metadata ?? {};
  return `${name}_${namespace}(${uid})`;
}
