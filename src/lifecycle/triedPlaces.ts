// Where --probe tries to write, / and each volume mount, and what stands there before the container starts.
import { statSync } from "node:fs";
import type { OciSpec } from "../core/model/oci.ts";
import type { Container } from "../core/model/pod.ts";
import type { PlaceFacts } from "../core/model/tries.ts";
import { cleanPath } from "../core/rules/paths.ts";
import type { ContainerMount } from "../engines/engine.ts";
import type { PreparedVolume } from "../volumes/volumes.ts";
import type { StartRequest } from "./plan.ts";
import { isServiceAccountMount } from "./serviceAccount.ts";

const SETGID = 0o2000;

/** Of a volume that is neither a folder nor a file nothing is tried: to open a device may set it off. */
export function triedPlaces(
  container: Container,
  { image, mounts }: StartRequest,
  { spec, volumes }: { readonly spec: OciSpec | null; readonly volumes: readonly PreparedVolume[] },
): PlaceFacts[] {
  const idMapped = (spec?.linux?.uidMappings ?? []).length > 0;
  const root = looksOf(image.rootfs);
  const places: PlaceFacts[] = [];
  if (root !== undefined) {
    places.push({ path: "/", ...root, readOnly: spec?.root?.readonly === true, idMapped });
  }
  for (const [index, asked] of (container.volumeMounts ?? []).entries()) {
    // Read-only in every pod, by nobody's word.
    if (isServiceAccountMount(asked)) continue;
    const path = cleanPath(asked.mountPath);
    const mount = mounts.find(({ container_path: at }) => cleanPath(at) === path);
    const looks = mount === undefined ? undefined : looksOfMount(mount, volumes);
    if (mount === undefined || looks === undefined) continue;
    places.push({ path, ...looks, readOnly: mount.readonly === true, mount: index, idMapped });
  }
  return places;
}

type Looks = Pick<PlaceFacts, "type" | "mode" | "uid" | "gid">;

/** A tmpfs lies in the sandbox's mount table, where this process does not see it. */
function looksOfMount(
  mount: ContainerMount,
  volumes: readonly PreparedVolume[],
): Looks | undefined {
  const memory = volumes.find(
    ({ mount: tmpfs, path }) => tmpfs !== undefined && `${mount.host_path}/`.startsWith(`${path}/`),
  );
  if (memory === undefined) return looksOf(mount.host_path);
  const options = Object.fromEntries((memory.mount?.options ?? []).map((word) => word.split("=")));
  const mode = Number.parseInt(options["mode"] ?? "1777", 8);
  const gid = Number(options["gid"] ?? 0);
  const root: Looks = { type: "directory", mode, uid: 0, gid };
  if (mount.create === undefined) return root;
  return { ...root, mode: mount.create.mode, gid: (mode & SETGID) === 0 ? 0 : gid };
}

function looksOf(path: string): Looks | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || (!stat.isDirectory() && !stat.isFile())) return undefined;
  const { uid, gid } = stat;
  return { type: stat.isDirectory() ? "directory" : "file", mode: stat.mode & 0o7777, uid, gid };
}
