// Facts of this machine, read from /proc, /sys and /dev: what the world file's `node` part says where nobody tells it.
import type { OciDevice } from "../core/model/oci.ts";
import type { Release } from "../core/model/version.ts";
import type { NodeFacts } from "../core/model/world.ts";

/** How control groups are mounted here. */
export interface CgroupLayout {
  /** As the kubelet and runc see it: v2 only when /sys/fs/cgroup itself is cgroup2. */
  readonly version: "v1" | "v2";
  /** v1 controllers with a cgroup2 tree beside them. */
  readonly hybrid: boolean;
  /** Mount point of the cgroup2 tree, if there is one. */
  readonly unified?: string;
  /** v1: mount point by controller (`cpu` → `/sys/fs/cgroup/cpu`, `name=systemd`). v2: empty. */
  readonly controllers: Readonly<Record<string, string>>;
}

/** What this machine is. */
export interface HostFacts {
  readonly root: boolean;
  /** As `uname -r` says it: `6.18.44-fc`. */
  readonly kernelRelease: string;
  readonly cgroup: CgroupLayout;
  /** The part of a world file's `node` that this machine decides. */
  readonly node: Pick<
    NodeFacts,
    | "appArmor"
    | "seLinux"
    | "appArmorParser"
    | "kernel"
    | "cgroup"
    | "thermalThrottleCpus"
    | "appArmorProfiles"
    | "capabilities"
  >;
}

/** Reads a few files under /proc and /sys; starts no process. About 1 ms. */
export declare function readHost(): HostFacts;

/** Every device node under /dev, as a privileged container gets them (NodeFacts.devices). */
export declare function hostDevices(folder?: string): OciDevice[];

/** An OCI runtime that is installed here. */
export interface OciRuntime {
  /** `runc`, `crun`, or what its path ends with. */
  readonly name: string;
  readonly path: string;
  readonly version: Release;
  /** `1.1.5+ds1`. */
  readonly fullVersion: string;
}

/**
 * Finds an OCI runtime by name or path. Its version is asked once (`--version`) and remembered by path, size and time of
 * change in the cache directory, so that a later run starts no process.
 * @throws EngineError when it is not installed (naming the package) or does not answer
 */
export declare function findOciRuntime(nameOrPath: string, cacheDirectory?: string): OciRuntime;
