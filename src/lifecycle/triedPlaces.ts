// Where --probe tries to write, / and each volume mount, and what stands there before the container starts.
import { statSync } from "node:fs";
import type { OciSpec } from "../core/model/oci.ts";
import type { Container } from "../core/model/pod.ts";
import type { PlaceFacts } from "../core/model/tries.ts";
import { cleanPath } from "../core/rules/paths.ts";
import type { StartRequest } from "./plan.ts";
import { isServiceAccountMount } from "./serviceAccount.ts";

/**
 * Of a volume that is neither a folder nor a file nothing is tried: to open a device may set it off.
 * @param root of the sandbox
 */
export function triedPlaces(
  container: Container,
  { image, mounts }: StartRequest,
  { spec, root: volumes }: { readonly spec: OciSpec | null; readonly root: string },
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
    const looks = mount === undefined ? undefined : looksOf(volumes + mount.host_path);
    if (mount === undefined || looks === undefined) continue;
    places.push({ path, ...looks, readOnly: mount.readonly === true, mount: index, idMapped });
  }
  return places;
}

type Looks = Pick<PlaceFacts, "type" | "mode" | "uid" | "gid">;

function looksOf(path: string): Looks | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || (!stat.isDirectory() && !stat.isFile())) return undefined;
  const { uid, gid } = stat;
  return { type: stat.isDirectory() ? "directory" : "file", mode: stat.mode & 0o7777, uid, gid };
}
