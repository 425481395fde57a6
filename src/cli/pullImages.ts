// The images of a pod that runs here: each looked for once, by the pull policy of the first container that names it.
import { containersOf, type Pod } from "../core/model/pod.ts";
import type { ImageFacts } from "../core/model/world.ts";
import {
  ensureImageExists,
  type ImageAnswer,
  imageFacts,
  type PullPolicy,
} from "../images/images.ts";

export interface PulledImages {
  /** By reference; a failed one is there with its words. */
  readonly images: ReadonlyMap<string, ImageAnswer>;
  /** What the world knows of them. */
  readonly facts: Readonly<Record<string, ImageFacts>>;
  /** Looks once more for one of them: both above have it then. */
  again(reference: string): Promise<void>;
}

/** @param pod after defaulting */
export async function pullImages(
  pod: Pod,
  sources: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<PulledImages> {
  const policies = new Map<string, PullPolicy>();
  for (const { container } of containersOf(pod.spec)) {
    const { image = "", imagePullPolicy = "IfNotPresent" } = container;
    if (!policies.has(image)) policies.set(image, imagePullPolicy as PullPolicy);
  }
  const images = new Map<string, ImageAnswer>();
  const facts: Record<string, ImageFacts> = {};
  async function look(reference: string): Promise<void> {
    const policy = policies.get(reference) ?? "IfNotPresent";
    const answer = await ensureImageExists(reference, policy, { sources, signal });
    images.set(reference, answer);
    if (answer.image !== undefined) facts[reference] = imageFacts(answer.image);
  }
  await Promise.all([...policies.keys()].map(look));
  return { images, facts, again: look };
}

/** Those whose images are here. */
export function expectedContainers(
  pod: Pod,
  images: PulledImages["images"],
): { readonly name: string; readonly rootfs: string }[] {
  return containersOf(pod.spec).flatMap(({ container: { name, image = "" } }) => {
    const rootfs = images.get(image)?.image?.rootfs;
    return rootfs === undefined ? [] : [{ name, rootfs }];
  });
}
