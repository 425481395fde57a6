// The mounts of a request put together when the container is created: binds, then mounts, then anonymous volumes.
// @see moby v28.5.2 daemon/volumes.go registerMountPoints; daemon/volumes_linux.go validateBindDaemonRoot; daemon/create_unix.go
import { goQuote } from "../rules/goText.ts";
import { cleanPath } from "../rules/paths.ts";
import { parseMountRaw } from "./bindSpec.ts";
import { parseMountSpec } from "./mountConfig.ts";
import { type MountPoint, NO_OPTIONS } from "./mountPoint.ts";
import type { CreateRequest } from "./request.ts";
import { DAEMON_ROOT } from "./specDraft.ts";

export type MountPointsOrError =
  | { readonly points: readonly MountPoint[]; readonly error?: undefined }
  | { readonly error: string };

/** By destination, each once. dockerd keeps them in a Go map without order; here they stand as requested. */
export function registerMountPoints(request: CreateRequest): MountPointsOrError {
  const points = new Map<string, MountPoint>();
  for (const raw of request.binds) {
    const read = parseMountRaw(raw);
    if (read.error !== undefined) return read;
    const asked = raw.split(":")[2]?.split(",").includes(read.point.propagation) === true;
    const rooted = inDaemonRoot(read.point, asked ? read.point.propagation : "");
    if (rooted.error !== undefined) return rooted;
    const { destination } = rooted.point;
    if (points.has(destination) || Object.hasOwn(request.tmpfs, destination)) {
      return { error: `Duplicate mount point: ${destination}` };
    }
    points.set(destination, rooted.point);
  }
  for (const mount of request.mounts) {
    const point = parseMountSpec(mount);
    const options = mount["BindOptions"] as { readonly Propagation?: string } | undefined;
    const rooted = inDaemonRoot(point, options?.Propagation ?? "");
    if (rooted.error !== undefined) return rooted;
    if (points.has(point.destination)) {
      return { error: `Duplicate mount point: ${String(mount["Target"])}` };
    }
    points.set(point.destination, rooted.point);
  }
  for (const volume of request.volumes) {
    const destination = cleanPath(volume);
    if (points.has(destination) || Object.hasOwn(request.tmpfs, destination)) continue;
    points.set(destination, {
      ...NO_OPTIONS,
      type: "volume",
      destination,
      source: "",
      writable: true,
      propagation: "",
    });
  }
  return { points: [...points.values()] };
}

/** What holds the daemon's own folder must not keep its mounts from going away; `asked`: "" when the request says nothing. */
function inDaemonRoot(
  point: MountPoint,
  asked: string,
): { readonly point: MountPoint; readonly error?: undefined } | { readonly error: string } {
  const { type, source } = point;
  const isInside = source.startsWith(DAEMON_ROOT) || DAEMON_ROOT.startsWith(source);
  if (type !== "bind" || !isInside) return { point };
  if (asked === "") return { point: { ...point, propagation: "rslave" } };
  if (asked === "rslave" || asked === "rshared") return { point };
  return {
    error: `invalid mount config: must use either propagation mode "rslave" or "rshared" when mount source is within the daemon root, daemon root: ${goQuote(DAEMON_ROOT)}, bind mount source: ${goQuote(source)}, propagation: ${goQuote(asked)}`,
  };
}
