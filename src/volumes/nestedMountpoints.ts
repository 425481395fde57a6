// Places inside a read-only volume on which other volumes are mounted: they have to exist before.
import { containersOf, type Pod } from "../core/model/pod.ts";
import { compareGoStrings } from "../core/rules/goText.ts";
import { cleanPath } from "../core/rules/paths.ts";
import { VolumeError } from "./failure.ts";

/**
 * Folders to make in the volume `name`, relative to it. Of places within each other only the outermost.
 * @throws VolumeError
 * @see kubernetes v1.37.2 pkg/volume/util/nested_volumes.go getNestedMountpoints
 */
export function nestedMountpoints(name: string, pod: Pod): string[] {
  const found: string[] = [];
  for (const { container } of containersOf(pod.spec)) {
    const mounts = (container.volumeMounts ?? []).map((mount) => ({
      name: mount.name,
      path: cleanPath(mount.mountPath),
    }));
    const all = mounts.map(({ path }) => path).sort(compareGoStrings);
    for (const mine of mounts.filter((mount) => mount.name === name)) {
      if (mine.path.startsWith("../")) {
        throw new VolumeError(`invalid container mount point ${mine.path}`);
      }
      const outer: string[] = [];
      for (const path of all) {
        if (!path.startsWith(`${mine.path}/`)) continue;
        if (outer.some((before) => path.startsWith(before))) continue;
        outer.push(`${path}/`);
        found.push(path.slice(mine.path.length + 1));
      }
    }
  }
  return found;
}
