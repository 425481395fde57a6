// A plain directory as an image: its files are the root file system as they stand, and nothing is cached.
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { folderParts, readExtent } from "./blobs.ts";
import { type ConfigDocument, imageConfig } from "./contents.ts";
import { type Image, ImageError, ImageMissing } from "./image.ts";
import { readUserFiles } from "./userFiles.ts";

/**
 * The directory `place`; `<place>.json` beside it, where it is, is the image's config: an OCI image configuration or its
 * `config` part alone.
 * @throws ImageMissing, ImageError
 */
export function folderImage(reference: string, place: string): Image {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (stat === undefined) throw new ImageMissing(`${place}: no such directory`);
  if (!stat.isDirectory()) throw new ImageError(`${place}: not a directory`);
  return {
    reference,
    source: `dir:${place}`,
    digest: `sha256:${createHash("sha256").update(`dir:${place}`).digest("hex")}`,
    config: imageConfig(configBeside(place)),
    rootfs: place,
    ...readUserFiles(place),
    size: 0,
    notes: [],
  };
}

function configBeside(place: string): ConfigDocument {
  const file = `${place}.json`;
  const extent = folderParts("/")(file);
  if (extent === undefined) return {};
  let value: { readonly config?: ConfigDocument } & ConfigDocument;
  try {
    value = JSON.parse(readExtent(extent).toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new ImageError(`${file} is no JSON`);
    throw error;
  }
  return value.config ?? value;
}
