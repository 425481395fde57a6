// Gives a real tree to the pod's fsGroup as the kubelet does, and never follows a symlink out of it.
import {
  type BigIntStats,
  chmodSync,
  chownSync,
  lchownSync,
  lstatSync,
  readdirSync,
} from "node:fs";
import {
  type Entry,
  type OwnershipWish,
  ownedEntry,
  skipsOwnership,
} from "../core/kubelet/changePermissions.ts";
import { entryPath, openDirectory, openEntry, ownPath, statOf, withOpen } from "./openInside.ts";

/**
 * Changes the group and mode of everything below `path`, itself included, as core/kubelet's rule says for each entry.
 * @param policy fsGroupChangePolicy, where the plugin honours it
 * @throws the system's error
 * @see kubernetes v1.37.2 pkg/volume/volume_linux.go ChangePermissions
 */
export function ownTree(path: string, wish: OwnershipWish, policy?: string): void {
  withOpen(openDirectory(path), (root) => {
    const stat = statOf(root);
    if (skipsOwnership(entryOf(stat), policy, wish)) return;
    ownDirectory(root, stat, wish);
  });
}

function ownDirectory(directory: number, stat: BigIntStats, wish: OwnershipWish): void {
  own(directory, stat, wish);
  for (const name of readdirSync(ownPath(directory), { encoding: "buffer" })) {
    withOpen(openEntry(directory, name), (fd) => {
      const found = statOf(fd);
      if (found.isDirectory()) ownDirectory(fd, found, wish);
      else if (found.isSymbolicLink()) ownSymlink(directory, name, wish);
      else own(fd, found, wish);
    });
  }
}

/** The file behind the descriptor, whatever stands at its name by now. */
function own(fd: number, stat: BigIntStats, wish: OwnershipWish): void {
  const entry = entryOf(stat);
  const { mode, gid } = ownedEntry(entry, wish);
  // A descriptor opened with O_PATH takes no fchmod or fchown; its place in /proc does.
  chownSync(ownPath(fd), Number(stat.uid), gid);
  chmodSync(ownPath(fd), mode);
}

function ownSymlink(directory: number, name: Buffer, wish: OwnershipWish): void {
  const path = entryPath(directory, name);
  const stat = lstatSync(path, { bigint: true });
  const { gid } = ownedEntry(entryOf(stat), wish);
  lchownSync(path, Number(stat.uid), gid);
}

function entryOf(stat: BigIntStats): Entry {
  const type = stat.isDirectory() ? "dir" : stat.isSymbolicLink() ? "symlink" : "file";
  return { type, mode: Number(stat.mode & 0o7777n), gid: Number(stat.gid) };
}
