// What the world knows of images that the command line says where to find: their USER and user files.
import type { PodDocument } from "../core/manifest/manifest.ts";
import { containersOf } from "../core/model/pod.ts";
import type { ImageFacts, World } from "../core/model/world.ts";
import type { OptionValues } from "./command.ts";
import { imageSources } from "./imageSources.ts";

/** Looks only at images named by `--image`: nothing is fetched that nobody asked for. An image that fails stays unknown, and is told on stderr. */
export async function withImages(
  world: World,
  pods: readonly PodDocument[],
  options: OptionValues,
): Promise<World> {
  const sources = imageSources(options);
  if (Object.keys(sources).length === 0) return world;
  const { ensureImageExists, imageFacts } = await import("../images/images.ts");
  const images: Record<string, ImageFacts> = {};
  for (const reference of referencesOf(pods)) {
    if (sources[reference] === undefined || world.images[reference] !== undefined) continue;
    const { image, failure } = await ensureImageExists(reference, "IfNotPresent", { sources });
    if (image !== undefined) images[reference] = imageFacts(image);
    else console.error(`secctx: ${failure?.message ?? `${reference}: no image`}`);
  }
  return { ...world, images: { ...images, ...world.images } };
}

/** Every image that a container of the pods names, once. */
export function referencesOf(pods: readonly PodDocument[]): Set<string> {
  const references = new Set<string>();
  for (const { pod } of pods) {
    for (const { container } of containersOf(pod.spec)) {
      if (typeof container?.image === "string") references.add(container.image);
    }
  }
  return references;
}
