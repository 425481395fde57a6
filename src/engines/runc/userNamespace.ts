// The pod's user namespace: its ids behind the host's, and mounts that show the files of the host as the pod's.
import { mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OciIDMapping, OciMount, OciSpec } from "../../core/model/oci.ts";
import { EngineError } from "../../node/errors.ts";
import { needProgram } from "../../node/programs.ts";
import { type Holder, quote } from "./holder.ts";

export interface IdMaps {
  readonly uids: readonly OciIDMapping[];
  readonly gids: readonly OciIDMapping[];
}

/** What RunPodSandbox's spec says; undefined where the pod has the host's ids. */
export function idMapsOf({ linux }: OciSpec): IdMaps | undefined {
  if (linux?.namespaces?.some(({ type }) => type === "user") !== true) return undefined;
  return { uids: linux.uidMappings ?? [], gids: linux.gidMappings ?? [] };
}

/** As /proc/PID/uid_map takes it, in shell words of printf. */
export function mapText(mappings: readonly OciIDMapping[]): string {
  return mappings
    .map(({ containerID, hostID, size }) => `${containerID} ${hostID} ${size}\\n`)
    .join("");
}

const OVERFLOW_ID = 65534;

/** What the host calls an id of the container; without mappings the same. */
export function shifted(id: number, mappings?: readonly OciIDMapping[]): number {
  if (mappings === undefined) return id;
  for (const { containerID, hostID, size } of mappings) {
    if (id >= containerID && id < containerID + size) return hostID + id - containerID;
  }
  return OVERFLOW_ID;
}

/**
 * The pod's ids are others to the host, so they need the right to pass through every folder above.
 * @throws EngineError naming the first that keeps them out
 */
export function checkReachable(folder: string): void {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) {
      throw new EngineError(
        `hostUsers: false: the pod's ids may not pass through ${path}: chmod o+x it, or tell another place by SECCTX_STATE_DIR`,
      );
    }
    if (path === dirname(path)) return;
  }
}

/** A mount to be made: what lies at `source`, seen at `target` with the namespace's ids. */
export interface MappedMount {
  readonly source: string;
  readonly target: string;
}

/**
 * Arguments: the namespace's path, then source and target of each mount; mounts below the source come along as they are.
 * Made by system calls, whose numbers are the same on all machines, since mount(8) knows idmapped mounts only from
 * util-linux 2.39 on; the target appears as what the source is.
 */
const SCRIPT = `use strict;
my ($open_tree, $move_mount, $mount_setattr) = (428, 429, 442);
my ($dir, $path, $recursive, $clone, $cwd) = (0x10000, 0x1000, 0x8000, 0x80001, -100);
open(my $ns, "<", shift @ARGV) or die "no user namespace: $!\\n";
my $attributes = pack("Q4", 0x100000, 0, 0, fileno $ns);
my ($empty, $size) = ("", length $attributes);
while (my ($source, $target) = splice @ARGV, 0, 2) {
  my $from = $source;
  my $tree = syscall($open_tree, $cwd, $from, $clone | $recursive);
  $tree >= 0 or die "$source: $!\\n";
  syscall($mount_setattr, $tree, $empty, $path, $attributes, $size) == 0
    or die "failed to set MOUNT_ATTR_IDMAP on $source: $! (maybe the filesystem used doesn't support idmap mounts on this kernel?)\\n";
  if (-d $source) { mkdir $target, 0711 } else { open(my $file, ">>", $target) or die "$target: $!\\n" }
  my $to = $target;
  syscall($move_mount, $tree, $empty, $cwd, $to, 4) == 0 or die "$target: $!\\n";
}`;

/**
 * Mounts with ids of their own are made before the runtime sees them: releases of runc before 1.2 ignore what the spec
 * says of ids, without a word.
 * @param folder where they are made
 */
export function takeMapped(
  config: OciSpec,
  folder: string,
): { readonly config: OciSpec; readonly mounts: readonly MappedMount[] } {
  const mounts: MappedMount[] = [];
  const rest = (config.mounts ?? []).map((mount): OciMount => {
    const { uidMappings, gidMappings, ...plain } = mount;
    if (uidMappings === undefined && gidMappings === undefined) return mount;
    const target = join(folder, String(mounts.length));
    mounts.push({ source: mount.source ?? "", target });
    return { ...plain, source: target };
  });
  return { config: { ...config, mounts: rest }, mounts };
}

/** Makes them in the sandbox's mount table. @param namespace path of the user namespace */
export async function mountMapped(
  holder: Holder,
  namespace: string,
  mounts: readonly MappedMount[],
): Promise<void> {
  const [first] = mounts;
  if (first === undefined) return;
  mkdirSync(dirname(first.target), { mode: 0o711 });
  await holder.run(mapMounts(namespace, mounts));
}

/** The shell command that makes the mounts. @param namespace path of the user namespace */
export function mapMounts(namespace: string, mounts: readonly MappedMount[]): string {
  const words = mounts.flatMap(({ source, target }) => [source, target]);
  return [needProgram("perl"), "-e", SCRIPT, namespace, ...words].map(quote).join(" ");
}
