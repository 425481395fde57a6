// What this room speaks of: the pod's volumes asked for, and each as it stands on this host.
import type { Int64, JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import type { World } from "../core/model/world.ts";
import type { Allocatable } from "./downwardAPI.ts";

export interface VolumesInput {
  /** After defaulting; metadata.name, namespace and uid are set. */
  readonly pod: Pod;
  /** The pod's own state directory. Volumes go under `<directory>/volumes/<plugin>/<name>` as the kubelet lays them. */
  readonly directory: string;
  /** Every object of the same manifests: ConfigMaps, Secrets, PersistentVolumeClaims and PersistentVolumes are found in it by namespace and name. */
  readonly objects: readonly JsonObject[];
  /** PersistentVolumeClaim name → folder on this host. */
  readonly claims?: Readonly<Record<string, string>>;
  /** What the node can give (`cpu`, `memory`), for the downward API; default: what this machine has. */
  readonly allocatable?: Allocatable;
  /** For feature gates. */
  readonly world?: World;
}

/** A mount that the engine makes in its private mount namespace before the first container. */
export interface VolumeMountPoint {
  readonly kind: "tmpfs";
  /** An existing empty directory. */
  readonly target: string;
  /** `mode=3777`, `gid=2000`, `size=1048576`: for `mount -t tmpfs -o`. Ownership by fsGroup is in them already. */
  readonly options: readonly string[];
}

export interface PreparedVolume {
  readonly name: string;
  /** Its key in the pod: `emptyDir`, `hostPath`, `persistentVolumeClaim` … */
  readonly plugin: string;
  /** Directory (or, for a hostPath, whatever stands there) on this host. */
  readonly path: string;
  /** Every mount of it is read-only: configMap, secret, projected, downwardAPI and a read-only claim. */
  readonly readOnly: boolean;
  /** To be mounted by the engine on `path`. */
  readonly mount?: VolumeMountPoint;
  /** Writes its files once that is mounted. `seen`: where this process reaches it. @throws VolumeError */
  readonly fill?: (seen: string) => void;
}

/** What every plugin here is given. */
export interface SetUp {
  readonly input: VolumesInput;
  readonly world: World;
  readonly allocatable: () => Allocatable;
  readonly fsGroup: Int64 | undefined;
  readonly fsUser: Int64 | undefined;
  /** Folder for the volume, not made yet. */
  readonly folder: string;
}
