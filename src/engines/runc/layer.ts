// The writable layer of one container: an overlay over the image's root filesystem, mounted in the sandbox's mount table.
import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type Holder, quote } from "./holder.ts";

/**
 * @param directory made here; everything that the container writes goes below it
 * @returns the path of the root filesystem, to be seen in the sandbox's mount table only
 * @throws EngineError when this kernel or file system has no overlays
 */
export async function mountLayer(
  holder: Holder,
  directory: string,
  rootfs: string,
): Promise<string> {
  const at = (name: string): string => join(directory, name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of ["upper", "work", "rootfs"]) mkdirSync(at(name));
  // The merged root directory shows the upper one's owner and mode.
  const { mode, uid, gid } = statSync(rootfs);
  chownSync(at("upper"), uid, gid);
  chmodSync(at("upper"), mode & 0o7777);
  // A user's path may hold colons and commas, which mean something in mount options.
  symlinkSync(rootfs, at("lower"));
  await holder.run(mountCommand(directory));
  return at("rootfs");
}

/**
 * `volatile` spares syncing what is thrown away; kernels before 5.10 lack it. Where the disk's file system cannot carry
 * an upper directory (an overlay itself, as in a container), the layer goes to memory.
 */
function mountCommand(directory: string): string {
  const name = quote(directory);
  const places = "lowerdir=$d/lower,upperdir=$d/upper,workdir=$d/work";
  const overlay = `mount -t overlay secctx -o "${places}" "$d/rootfs"`;
  const fast = `mount -t overlay secctx -o "${places},volatile" "$d/rootfs"`;
  const lower = 'l=$(readlink "$d/lower")';
  const memory = `${lower} && mount -t tmpfs -o mode=0700 secctx "$d" && mkdir "$d/upper" "$d/work" "$d/rootfs" && chmod --reference="$l" "$d/upper" && chown --reference="$l" "$d/upper" && ln -s "$l" "$d/lower" && ${overlay}`;
  return `d=${name}; ${fast} 2>/dev/null || ${overlay} 2>/dev/null || { ${memory}; }`;
}
