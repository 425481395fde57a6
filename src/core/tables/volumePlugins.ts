// The kubelet's volume plugins: where their volumes lie, whether they are read-only, and how they treat fsGroup.

/**
 * `always`: the whole tree at each set-up, whatever fsGroupChangePolicy says. `policy`: as fsGroupChangePolicy says,
 * and not at all on a read-only volume. `csi`: as `policy`, where the driver's fsGroupPolicy lets it. `never`: not touched.
 */
export type OwnershipRule = "always" | "policy" | "csi" | "never";

export interface VolumePlugin {
  /** Its key in a pod's volume: `emptyDir`; of a PersistentVolume for those that only it has. */
  readonly source: string;
  /** Folder under the pod's volumes: `kubernetes.io~empty-dir`; absent where the volume is no folder there. */
  readonly folder?: string;
  /** `always`: every mount of it is; `source`: if the source's readOnly says so. */
  readonly readOnly: "always" | "source" | "never";
  readonly ownership: OwnershipRule;
  /** The kubelet has the runtime label it for SELinux. */
  readonly relabels: boolean;
}

/** @see kubernetes v1.37.2 pkg/volume: the callers of NewVolumeOwnership, and each GetAttributes */
export const VOLUME_PLUGINS: readonly VolumePlugin[] = [
  plugin("emptyDir", "never", "always", true, "kubernetes.io~empty-dir"),
  plugin("configMap", "always", "always", true, "kubernetes.io~configmap"),
  plugin("secret", "always", "always", true, "kubernetes.io~secret"),
  plugin("projected", "always", "always", true, "kubernetes.io~projected"),
  plugin("downwardAPI", "always", "always", true, "kubernetes.io~downward-api"),
  plugin("gitRepo", "never", "always", true, "kubernetes.io~git-repo"),
  plugin("hostPath", "source", "never", false),
  plugin("nfs", "source", "never", false, "kubernetes.io~nfs"),
  plugin("image", "always", "never", false),
  plugin("iscsi", "source", "policy", true, "kubernetes.io~iscsi"),
  plugin("fc", "source", "policy", true, "kubernetes.io~fc"),
  plugin("flexVolume", "source", "policy", true),
  plugin("local", "source", "policy", true, "kubernetes.io~local-volume"),
  plugin("csi", "source", "csi", true, "kubernetes.io~csi"),
];

/** What a claim binds to is not in the pod: it is taken for a volume that honours fsGroup, as most are. */
export const CLAIMED: VolumePlugin = plugin("persistentVolumeClaim", "source", "policy", true);

const BY_SOURCE: ReadonlyMap<string, VolumePlugin> = new Map(
  [...VOLUME_PLUGINS, CLAIMED].map((one) => [one.source, one]),
);

function plugin(
  source: string,
  readOnly: VolumePlugin["readOnly"],
  ownership: OwnershipRule,
  relabels: boolean,
  folder?: string,
): VolumePlugin {
  const facts = { source, readOnly, ownership, relabels };
  return folder === undefined ? facts : { ...facts, folder };
}

/** By any of its spellings: `emptyDir`, `kubernetes.io/empty-dir`, `empty-dir`, `local-volume`; undefined for others. */
export function volumePlugin(name: string): VolumePlugin | undefined {
  const exact = BY_SOURCE.get(name);
  if (exact !== undefined) return exact;
  const plain = simplify(name);
  if (plain === simplify(CLAIMED.source)) return CLAIMED;
  return VOLUME_PLUGINS.find(
    ({ source, folder }) =>
      simplify(source) === plain || (folder !== undefined && simplify(folder) === plain),
  );
}

function simplify(name: string): string {
  return name
    .replace(/^kubernetes\.io[/~]/, "")
    .replaceAll("-", "")
    .toLowerCase();
}
