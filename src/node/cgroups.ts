// How control groups are mounted on this machine: the v2 tree, the v1 controllers, or both side by side.

export interface CgroupLayout {
  /** As the kubelet and runc see it: v2 only when /sys/fs/cgroup itself is a cgroup2 file system. */
  readonly version: "v1" | "v2";
  /** v1 controllers with a cgroup2 tree beside them. */
  readonly hybrid: boolean;
  /** Mount point of the cgroup2 tree, if there is one. */
  readonly unified?: string;
  /** v1: mount point by controller (`cpu` → `/sys/fs/cgroup/cpu`, `name=systemd`). v2: empty. */
  readonly controllers: Readonly<Record<string, string>>;
}

const CGROUP_ROOT = "/sys/fs/cgroup";

/** Options of a v1 mount that are no controller. */
const MOUNT_OPTIONS =
  /^(?:rw|ro|relatime|noatime|strictatime|nosuid|nodev|noexec|clone_children|xattr|noprefix|release_agent=.*)$/;

/** @param mounts the text of /proc/self/mounts; a later mount on the same place covers the earlier one */
export function readCgroupLayout(mounts: string): CgroupLayout {
  let unified: string | undefined;
  const controllers: Record<string, string> = {};
  let rootType = "";
  for (const line of mounts.split("\n")) {
    const [, target = "", type = "", options = ""] = line.split(" ");
    if (target === CGROUP_ROOT) rootType = type;
    if (type === "cgroup2") unified = target;
    if (type !== "cgroup") continue;
    for (const option of options.split(",")) {
      if (!MOUNT_OPTIONS.test(option)) controllers[option] = target;
    }
  }
  const version = rootType === "cgroup2" ? "v2" : "v1";
  return {
    version,
    hybrid: version === "v1" && unified !== undefined && Object.keys(controllers).length > 0,
    ...(unified === undefined ? {} : { unified }),
    controllers: version === "v2" ? {} : controllers,
  };
}
