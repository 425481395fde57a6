// The writable layer of one container: an overlay over the image's root filesystem, mounted in the sandbox's mount table.
import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type Holder, quote } from "./holder.ts";
import { type IdMaps, mapMounts, shifted } from "./userNamespace.ts";

export interface LayerOptions {
  /** The image's root filesystem. */
  readonly lower: string;
  /** Made here; the container's root filesystem, to be seen in the sandbox's mount table only. */
  readonly rootfs: string;
  /** With a user namespace the image's files appear as the pod's, and new ones are. */
  readonly user: { readonly ids: IdMaps; readonly path: string } | undefined;
  /** Then the overlay may only write attributes that are a user's own. */
  readonly inUserNamespace: boolean;
}

/**
 * @param directory made here; everything that the container writes goes below it
 * @throws EngineError when this kernel or file system has no overlays, or cannot map their ids
 */
export async function mountLayer(
  holder: Holder,
  directory: string,
  { lower, rootfs, user, inUserNamespace }: LayerOptions,
): Promise<void> {
  const at = (name: string): string => join(directory, name);
  // What a container writes, setuid programs too, is nobody's business on the host.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const path of [at("upper"), at("work"), rootfs]) mkdirSync(path);
  // The merged root directory shows the upper one's owner and mode.
  const { mode, uid, gid } = statSync(lower);
  const { uids, gids } = user?.ids ?? {};
  chownSync(at("upper"), shifted(uid, uids), shifted(gid, gids));
  chmodSync(at("upper"), mode & 0o7777);
  // A user's path may hold colons and commas, which mean something in mount options.
  if (user === undefined) symlinkSync(lower, at("lower"));
  else await holder.run(mapMounts(user.path, [{ source: lower, target: at("lower") }]));
  const command = mountCommand({ isMapped: user !== undefined, inUserNamespace });
  await holder.run(`d=${quote(directory)}; r=${quote(rootfs)}; ${command}`);
}

/**
 * `volatile` spares syncing what is thrown away; kernels before 5.10 lack it. Where the disk's file system cannot carry
 * an upper directory (an overlay itself, as in a container), the layer goes to memory; not so a mapped one, which the
 * tmpfs would hide.
 */
function mountCommand({
  isMapped,
  inUserNamespace,
}: {
  readonly isMapped: boolean;
  readonly inUserNamespace: boolean;
}): string {
  const attributes = inUserNamespace ? ",userxattr" : "";
  const places = `lowerdir=$d/lower,upperdir=$d/upper,workdir=$d/work${attributes}`;
  const overlay = `mount -t overlay secctx -o "${places}" "$r"`;
  const fast = `mount -t overlay secctx -o "${places},volatile" "$r"`;
  if (isMapped) return `${fast} 2>/dev/null || ${overlay}`;
  const lower = 'l=$(readlink "$d/lower")';
  const memory = `${lower} && mount -t tmpfs -o mode=0700 secctx "$d" && mkdir "$d/upper" "$d/work" && chmod --reference="$l" "$d/upper" && chown --reference="$l" "$d/upper" && ln -s "$l" "$d/lower" && ${overlay}`;
  return `${fast} 2>/dev/null || ${overlay} 2>/dev/null || { ${memory}; }`;
}
