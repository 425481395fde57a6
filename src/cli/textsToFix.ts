// What `fix` edits: every text that was read; what could not be read keeps its place in the answer, with its errors.
import type { SkippedDocument } from "../core/answers/checked.ts";
import type { FixedManifest } from "../core/answers/fix.ts";
import {
  type Manifest,
  type ManifestError,
  type ManifestOptions,
  readManifest,
} from "../core/manifest/manifest.ts";
import type { ReadInput } from "./inputs/mended.ts";
import { partsOf, type Texts } from "./inputs/texts.ts";

export interface TextToFix extends ReadInput {
  readonly manifest: Manifest;
  readonly skipped: readonly SkippedDocument[];
}

export function textsToFix({ inputs }: Texts, limits: ManifestOptions): TextToFix[] {
  return inputs.map((input) => {
    const manifest = readManifest(input.text, input.file, limits);
    const parts = [...partsOf(input, [manifest])];
    return {
      ...input,
      manifest: { ...manifest, errors: parts.flatMap(({ errors }) => errors) },
      skipped: parts.flatMap(({ skipped }) => skipped),
    };
  });
}

/** One per file. */
export function unreadManifests({ errors }: Texts): FixedManifest[] {
  const files = new Map<string, ManifestError[]>();
  for (const error of errors) files.set(error.file, [...(files.get(error.file) ?? []), error]);
  return [...files].map(([file, own]) => ({
    file,
    edits: [],
    text: "",
    pods: [],
    errors: own,
    skipped: 0,
  }));
}
