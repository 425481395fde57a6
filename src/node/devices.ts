// The devices that a privileged container gets: every node under /dev, as containerd's HostDevices and dockerd list them.
import { type BigIntStats, type Dirent, lstatSync, readdirSync } from "node:fs";
import type { OciDevice } from "../core/model/oci.ts";

/** Folders that belong to one mount namespace or to another container manager. */
const SKIPPED = new Set(["pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev"]);

/**
 * Character and block devices below `folder`, sorted by name in each folder; symlinks are not followed, what vanishes
 * or may not be read is left out.
 * @see containerd v1.7.24 oci/utils_unix.go HostDevices
 */
export function hostDevices(folder = "/dev"): OciDevice[] {
  const found: OciDevice[] = [];
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return found;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) found.push(...hostDevices(path));
    } else if (entry.name !== "console" && (entry.isCharacterDevice() || entry.isBlockDevice())) {
      const device = deviceAt(path);
      if (device !== undefined) found.push(device);
    }
  }
  return found;
}

/** One device node as an OCI device; undefined when nothing is there or when it is no device. */
export function deviceAt(path: string): OciDevice | undefined {
  let stat: BigIntStats;
  try {
    stat = lstatSync(path, { bigint: true });
  } catch {
    return undefined;
  }
  if (!stat.isCharacterDevice() && !stat.isBlockDevice()) return undefined;
  const { rdev } = stat;
  return {
    type: stat.isCharacterDevice() ? "c" : "b",
    path,
    major: Number(((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xfffff000n)),
    minor: Number((rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n)),
    fileMode: Number(stat.mode & 0o7777n),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
  };
}
