// From an image reference to what a runtime needs of it: the config, the user files and a root filesystem, unpacked once.
import { existsSync } from "node:fs";
import type { ImageFacts } from "../core/model/world.ts";
import { monotonicMs } from "../node/clock.ts";
import { cacheDirectory } from "../node/directories.ts";
import { folderImage } from "./folderImage.ts";
import {
  DEFAULT_LIMITS,
  type Image,
  type ImageAnswer,
  type ImageEvent,
  type ImageFailure,
  ImageMissing,
  type ImageOptions,
  type PullPolicy,
} from "./image.ts";
import { locate } from "./locate.ts";
import { obtain } from "./obtain.ts";
import { applyDefaultImageTag, InvalidReference, normalizedReference } from "./reference.ts";
import { type Source, writeSource } from "./source.ts";
import { layersFolder } from "./store.ts";
import { isKnownError } from "./unpack.ts";

export type {
  Image,
  ImageAnswer,
  ImageConfig,
  ImageEvent,
  ImageFailure,
  ImageLimits,
  ImageOptions,
  PullPolicy,
} from "./image.ts";
export { type CachedLayers, listImages, pruneImages, removeImage } from "./prune.ts";

/** What the world file says of an image. */
export function imageFacts(image: Image): ImageFacts {
  return {
    user: image.config.user,
    ...(image.passwd === undefined ? {} : { passwd: image.passwd }),
    ...(image.group === undefined ? {} : { group: image.group }),
  };
}

/**
 * The image of a container by its pull policy, with the kubelet's events and, where it fails, its words. What lies on
 * this machine (a folder, an archive, Docker, podman) counts as present; it is unpacked at most once per digest, also
 * when several runs ask at once, and stays in the cache at least while this process runs.
 * The caller adds the event that the kubelet's caller adds: Warning `Failed`, `Error: ${failure.reason}`.
 * @throws EngineError for a source that cannot be read as one; what `options.signal` aborts with
 * @see kubernetes v1.37.2 pkg/kubelet/images/image_manager.go EnsureImageExists
 */
export async function ensureImageExists(
  reference: string,
  policy: PullPolicy,
  options: ImageOptions = {},
): Promise<ImageAnswer> {
  try {
    applyDefaultImageTag(reference);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    const message = `Failed to apply default image tag ${quote(reference)}: ${error.message}`;
    return failed("InvalidImageName", message, [warning("InspectFailed", message)]);
  }
  const source = await locate(reference, options.sources ?? {}, existsSync);
  if (policy !== "Always") {
    try {
      const found = await read(reference, source, options, { refresh: false, fetch: false });
      const message = `Container image ${quote(reference)} already present on machine and can be accessed by the pod`;
      return { image: found, events: [{ type: "Normal", reason: "Pulled", message }] };
    } catch (error) {
      if (!isKnownError(error)) throw error;
      if (policy === "Never") return refused(reference, error);
    }
  }
  return pull(reference, source, policy, options);
}

/** Policy Never: not there, or there and broken. */
function refused(reference: string, error: Error): ImageAnswer {
  if (error instanceof ImageMissing) {
    const message = `Container image ${quote(reference)} is not present with pull policy of Never`;
    return failed("ErrImageNeverPull", message, [warning("ErrImageNeverPull", message)]);
  }
  const message = `Failed to inspect image "": ${error.message}`;
  return failed("ImageInspectError", message, [warning("InspectFailed", message)]);
}

/** @see kubernetes v1.37.2 pkg/kubelet/images/image_manager.go pullImage */
async function pull(
  reference: string,
  source: Source,
  policy: PullPolicy,
  options: ImageOptions,
): Promise<ImageAnswer> {
  const pulling: ImageEvent = {
    type: "Normal",
    reason: "Pulling",
    message: `Pulling image ${quote(reference)}`,
  };
  const begin = monotonicMs();
  try {
    const refresh = policy === "Always";
    const found = await read(reference, source, options, { refresh, fetch: true });
    const took = goDuration(monotonicMs() - begin);
    const message = `Successfully pulled image ${quote(reference)} in ${took} (${took} including waiting). Image size: ${found.size} bytes.`;
    return { image: found, events: [pulling, { type: "Normal", reason: "Pulled", message }] };
  } catch (error) {
    if (!isKnownError(error)) throw error;
    // containerd's words around the cause, as they come through the kubelet's CRI client.
    const code = error instanceof ImageMissing ? "NotFound" : "Unknown";
    const message = `rpc error: code = ${code} desc = failed to pull and unpack image ${quote(normalizedReference(reference))}: ${error.message}`;
    return failed("ErrImagePull", message, [
      pulling,
      warning("Failed", `Failed to pull image ${quote(reference)}: ${message}`),
    ]);
  }
}

async function read(
  reference: string,
  source: Source,
  options: ImageOptions,
  how: { readonly refresh: boolean; readonly fetch: boolean },
): Promise<Image> {
  const { kind } = source;
  if (kind === "dir") return folderImage(reference, source.place);
  const cache = options.cacheDirectory ?? cacheDirectory();
  const { chain, digest, config, passwd, group, size, notes } = await obtain(
    { ...source, kind },
    { cache, limits: { ...DEFAULT_LIMITS, ...options.limits }, signal: options.signal, ...how },
  );
  return {
    reference,
    source: writeSource(source),
    digest,
    config,
    rootfs: `${layersFolder(cache, chain)}/rootfs`,
    ...(passwd === undefined ? {} : { passwd }),
    ...(group === undefined ? {} : { group }),
    size,
    notes,
  };
}

function failed(
  reason: ImageFailure["reason"],
  message: string,
  events: readonly ImageEvent[],
): ImageAnswer {
  return { failure: { reason, message }, events };
}

function warning(reason: ImageEvent["reason"], message: string): ImageEvent {
  return { type: "Warning", reason, message };
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** As Go prints a duration that was cut to milliseconds: `0s`, `12ms`, `1.234s`, `1m2.5s`. */
export function goDuration(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  if (whole === 0) return "0s";
  if (whole < 1000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = `${(whole % 60_000) / 1000}s`;
  if (minutes === 0) return seconds;
  return minutes < 60
    ? `${minutes}m${seconds}`
    : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
}
