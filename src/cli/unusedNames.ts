// Options that speak of an image or a container which no pod has: told, as a slip of the pen would change the answer unseen.
import type { PodDocument } from "../core/manifest/manifest.ts";
import { containersOf } from "../core/model/pod.ts";
import type { OptionValues } from "./command.ts";
import { referencesOf } from "./worldImages.ts";

/** A sentence on stderr for each value of `--image-user` and `--run-as-user` that concerns nothing. */
export function sayUnusedNames(options: OptionValues, read: () => readonly PodDocument[]): void {
  const images = namesOf(options["imageUser"], (text) => text.indexOf("="));
  const users = namesOf(options["runAsUser"], (text) => text.lastIndexOf("="));
  if (images.length + users.length === 0) return;
  const pods = read();
  const references = referencesOf(pods);
  const names = new Set(
    pods.flatMap(({ pod }) => containersOf(pod.spec).map(({ container }) => container.name)),
  );
  for (const [text, image] of images) {
    if (references.has(image)) continue;
    console.error(`secctx: --image-user ${text}: no container uses the image ${image}`);
  }
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
