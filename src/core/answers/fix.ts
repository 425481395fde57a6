// `fix`: the smallest edits of a manifest that bring its pods to a Pod Security level, and what a person has to decide.
import { readManifest } from "../manifest/manifest.ts";
import type { World } from "../model/world.ts";
import type { FixedManifest, FixOptions } from "./fix/fixed.ts";
import { fixManifest } from "./fix/fixManifest.ts";

export type {
  FixedField,
  FixedManifest,
  FixedPod,
  FixNote,
  FixNoteKind,
  FixOptions,
  PlacedNote,
} from "./fix/fixed.ts";

/**
 * Brings every pod of a text to a level of Pod Security, by edits that touch only the lines they must.
 *
 * For each pod it is all or nothing: where something is left that only a person can decide (which uid a root program can
 * run as, what takes the place of a hostPath volume), nothing but misspelled names and replaced annotations is changed,
 * and `notes` say what is missing. Nothing is guessed: an image that `world.images` does not know gets `runAsNonRoot: true`
 * with a note. The edited text was read again: it holds the old data and the changes, and API server and kubelet refuse
 * nothing of it that they took before. Fixing its answer again changes nothing.
 * @param text YAML or JSON, as many documents as there are
 * @param file how the text is called in the answer
 * @param world Kubernetes version and what is known of node and images
 * @returns `edits` with ranges (lines and columns from 1, offsets in UTF-16 units from 0) in the old text, `text` with them
 *   made, `pods` in the order of the text. What could not be read is in `errors`, and its text stays as it is
 * @throws RangeError for a uid that is none
 * @example
 * const manifest = "kind: Pod\nspec:\n  containers:\n  - name: app\n    image: app:1\n";
 * const world = composeWorld({ images: { "app:1": { user: "1000" } } });
 * const { text, pods } = fix(manifest, "pod.yaml", world, { level: "restricted" });
 * pods[0].after; // "restricted"
 */
export function fix(
  text: string,
  file: string,
  world: World,
  options: FixOptions = {},
): FixedManifest {
  const manifest = readManifest(text, file, options);
  return fixManifest({ file, text, manifest, worldOf: () => world }, options);
}
