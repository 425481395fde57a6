// Options that speak of an image or a container which no pod has: told, as a slip of the pen would change the answer unseen.
import type { PodDocument } from "../core/manifest/manifest.ts";
import { containersOf } from "../core/model/pod.ts";
import { didYouMean } from "../core/rules/nearWord.ts";
import type { OptionValues } from "./command.ts";
import { referencesOf } from "./worldImages.ts";

/** A sentence on stderr for each value of `--image-user`, `--image` and `--run-as-user` that concerns nothing. */
export function sayUnusedNames(options: OptionValues, read: () => readonly PodDocument[]): void {
  const images = namesOf(options["imageUser"], (text) => text.indexOf("="));
  const users = namesOf(options["runAsUser"], (text) => text.lastIndexOf("="));
  const sources = namesOf(options["image"], (text) => text.indexOf("="));
  if (images.length + users.length + sources.length === 0) return;
  const pods = read();
  const references = referencesOf(pods);
  const names = new Set(
    pods.flatMap(({ pod }) => containersOf(pod.spec).map(({ container }) => container.name)),
  );
  function sayUnused(flag: string, told: typeof images): void {
    for (const [text, image] of told) {
      if (references.has(image)) continue;
      const meant = didYouMean(image, references);
      console.error(`secctx: ${flag} ${text}: no container uses the image ${image}${meant}`);
    }
  }
  sayUnused("--image-user", images);
  sayUnused("--image", sources);
  for (const [text, name] of users) {
    if (references.has(name) || names.has(name)) continue;
    console.error(`secctx: --run-as-user ${text}: no container is called ${name} or uses it`);
  }
}

function namesOf(told: OptionValues[string], splitAt: (text: string) => number) {
  const texts = Array.isArray(told) ? (told as readonly string[]) : [];
  return texts
    .map((text) => [text, text.slice(0, Math.max(splitAt(text), 0))] as const)
    .filter(([, name]) => name !== "");
}
