// What the world knows of images that the command line says where to find: their USER and user files.
import type { PodDocument } from "../core/manifest/manifest.ts";
import { containersOf } from "../core/model/pod.ts";
import type { ImageFacts, World } from "../core/model/world.ts";
import type { OptionValues } from "./command.ts";
import { imageSources } from "./imageSources.ts";

/**
 * Looks only at images named by `--image`, and with `--resolve-images` at all others too: nothing is fetched that nobody
 * asked for. An image that fails stays unknown, and is told on stderr.
 */
export async function withImages(
  world: World,
  asked: readonly PodDocument[] | (() => readonly PodDocument[]),
  options: OptionValues,
): Promise<World> {
  const sources = imageSources(options);
  const resolves = options["resolveImages"] === true;
  if (Object.keys(sources).length === 0 && !resolves) return world;
  const pods = typeof asked === "function" ? asked() : asked;
  const unknown = [...referencesOf(pods)].filter(
    (reference) => world.images[reference] === undefined,
  );
  const told = await fromSources(unknown, sources);
  const left = resolves ? unknown.filter((reference) => sources[reference] === undefined) : [];
  const found = left.length === 0 ? {} : await resolved(left, options["quiet"] === true);
  return { ...world, images: { ...found, ...told, ...world.images } };
}

async function fromSources(
  references: readonly string[],
  sources: Readonly<Record<string, string>>,
): Promise<Record<string, ImageFacts>> {
  const images: Record<string, ImageFacts> = {};
  const named = references.filter((reference) => sources[reference] !== undefined);
  if (named.length === 0) return images;
  const { ensureImageExists, imageFacts } = await import("../images/images.ts");
  for (const reference of named) {
    const { image, failure } = await ensureImageExists(reference, "IfNotPresent", { sources });
    if (image !== undefined) images[reference] = imageFacts(image);
    else console.error(`secctx: ${failure?.message ?? `${reference}: no image`}`);
  }
  return images;
}

async function resolved(references: readonly string[], quiet: boolean) {
  const { resolveImages } = await import("./resolveImages.ts");
  return resolveImages(references, quiet);
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
