// Volumes that no folder of this machine can be: known before anything is started.
import { isMounted } from "../core/kubelet/volumeTree.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import { list, part } from "./objects.ts";

export const VOLUMES: readonly string[] = [
  ...["emptyDir", "hostPath", "configMap", "secret", "projected", "downwardAPI"],
  ...["persistentVolumeClaim", "ephemeral"],
];

/** Of projected volumes. */
export const SOURCES: readonly string[] = [
  ...["secret", "configMap", "downwardAPI", "serviceAccountToken"],
];

export interface VolumeNotHad {
  readonly name: string;
  /** Its key: `nfs`, or of a projected volume that of its source: `clusterTrustBundle`. */
  readonly kind: string;
  /** Below the pod. */
  readonly path: readonly (string | number)[];
}

/** Those that a container mounts, in the pod's order; of a projected volume each source. @param pod as the API server accepted it */
export function volumesNotHad(pod: Pod): VolumeNotHad[] {
  return (pod.spec.volumes ?? []).flatMap((volume, index) => {
    const { name, ...told } = volume as JsonObject & { readonly name: string };
    if (!isMounted(pod, name)) return [];
    const path = ["spec", "volumes", index];
    const not = (kind: string, at: VolumeNotHad["path"]): VolumeNotHad[] => [
      { name, kind, path: [...at, kind] },
    ];
    const kind = kindOf(told);
    if (kind !== undefined && !VOLUMES.includes(kind)) return not(kind, path);
    if (kind !== "projected") return [];
    return list(part(told, "projected"), "sources").flatMap((source, at) => {
      const own = kindOf(source);
      if (own === undefined || SOURCES.includes(own)) return [];
      return not(own, [...path, "projected", "sources", at]);
    });
  });
}

function kindOf(told: JsonObject): string | undefined {
  return Object.entries(told).find(([, value]) => isJsonObject(value))?.[0];
}
