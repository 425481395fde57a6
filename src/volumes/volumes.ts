// Pod volumes made real: each becomes a path on this host, with the content, modes and owners that the kubelet leaves.
import type { JsonObject } from "../core/model/json.ts";
import type { Container, Pod, VolumeMount } from "../core/model/pod.ts";

export interface VolumesInput {
  /** After defaulting; metadata.name, namespace and uid are set. */
  readonly pod: Pod;
  /** The pod's own state directory, mode 0711 or so, on a tmpfs where secrets shall not reach a disk. Volumes go under `<directory>/volumes/<plugin>/<name>` as the kubelet lays them. */
  readonly directory: string;
  /** Every object of the same manifests: ConfigMaps, Secrets, PersistentVolumeClaims and PersistentVolumes are found in it by namespace and name. */
  readonly objects: readonly JsonObject[];
  /** PersistentVolumeClaim name → folder on this host. */
  readonly claims?: Readonly<Record<string, string>>;
  /** For the downward API: `status.podIP`, `status.hostIP`, `spec.nodeName` … */
  readonly fieldValues?: Readonly<Record<string, string>>;
  /** hostUsers: false: the host id of the pod's uid 0 and gid 0; owners are shifted by it. */
  readonly userNamespace?: { readonly uid: number; readonly gid: number };
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
  /** `kubernetes.io/empty-dir`, `kubernetes.io/host-path` … */
  readonly plugin: string;
  /** Directory (or, for a hostPath, whatever stands there) on this host. */
  readonly path: string;
  /** Every mount of it is read-only: configMap, secret, projected, downwardAPI and a read-only claim. */
  readonly readOnly: boolean;
  /** To be mounted by the engine on `path`. */
  readonly mount?: VolumeMountPoint;
}

/** The event of the pod, in the kubelet's words; containers stay in ContainerCreating. */
export interface VolumeFailure {
  readonly reason: "FailedMount";
  readonly message: string;
}
/** Volumes in the pod's order; `failure` is there when one could not be set up. */
export interface VolumesAnswer {
  readonly volumes: readonly PreparedVolume[];
  readonly failure?: VolumeFailure;
}

/** Makes the pod's volumes under `input.directory` and on this host. Call it as root; no mount is made. */
export declare function prepareVolumes(input: VolumesInput): VolumesAnswer;

/** One mount of a container, ready for the OCI spec. */
export interface PreparedMount {
  readonly volume: PreparedVolume;
  readonly mount: VolumeMount;
  /** What to bind: `volume.path`, or the subPath in it. */
  readonly source: string;
  readonly readOnly: boolean;
  /** What was found at `source` (through no symlink): compare after mounting where a container could have swapped it. */
  readonly identity?: { readonly dev: bigint; readonly ino: bigint };
  /** A subPath of a tmpfs that is not mounted yet: create this directory in it after mounting, with this mode. */
  readonly create?: { readonly path: string; readonly mode: number };
}
/** Reason and message of the waiting container. */
export interface MountFailure {
  readonly reason: "CreateContainerConfigError";
  readonly message: string;
}

/**
 * The mounts of one container: finds each volume, resolves subPath and subPathExpr (with the container's
 * environment) without following a symlink out of the volume, creates what is missing.
 */
export declare function containerMounts(
  container: Container,
  volumes: readonly PreparedVolume[],
  environment: Readonly<Record<string, string>>,
): { readonly mounts: readonly PreparedMount[]; readonly failure?: MountFailure };

/** Removes what `prepareVolumes` made under the pod's directory; follows no symlink, touches no hostPath and no claim. */
export declare function removeVolumes(directory: string): void;
