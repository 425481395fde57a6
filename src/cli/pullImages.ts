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
  const answers = await Promise.all(
    [...policies].map(async ([reference, policy]) => {
      const answer = await ensureImageExists(reference, policy, { sources, signal });
      return [reference, answer] as const;
    }),
  );
  const facts: Record<string, ImageFacts> = {};
  for (const [reference, { image }] of answers) {
    if (image !== undefined) facts[reference] = imageFacts(image);
  }
  return { images: new Map(answers), facts };
}
