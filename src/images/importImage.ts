// Brings an image into the cache under a name, so that pods find it there as one that was pulled before.
import { existsSync } from "node:fs";
import { cacheDirectory } from "../node/directories.ts";
import { EngineError } from "../node/errors.ts";
import { DEFAULT_LIMITS } from "./image.ts";
import { obtain } from "./obtain.ts";
import { InvalidReference, normalizedReference } from "./reference.ts";
import { parseSource, type Source, writeSource } from "./source.ts";
import { remember, VERSION } from "./store.ts";

export interface ImportedImage {
  /** Normalized. */
  readonly reference: string;
  readonly digest: string;
}

/**
 * @param text a source as `--image` has it
 * @param name what pods call it; default: the name in the source
 * @throws EngineError, ImageError
 */
export async function importImage(
  text: string,
  name: string | undefined,
  cache: string = cacheDirectory(),
): Promise<ImportedImage> {
  const source = parseSource(text, existsSync) ?? { kind: "docker", place: normalized(text) };
  const { kind } = source;
  if (kind === "dir") {
    throw new EngineError(`${text}: a folder is used where it lies: run --image REF=${text}`);
  }
  const reference = normalized(name ?? nameIn(source, text));
  const { digest, config, chain } = await obtain(
    { ...source, kind },
    { cache, limits: DEFAULT_LIMITS, refresh: true, fetch: true },
  );
  const as = writeSource({ kind: "docker", place: reference });
  remember(cache, { version: VERSION, source: as, stamp: "", digest, config, chain });
  return { reference, digest };
}

function nameIn({ place, name, kind }: Source, text: string): string {
  const isOnDisk = kind === "oci" || kind === "oci-archive" || kind === "docker-archive";
  const found = isOnDisk ? name : place;
  if (found === undefined) {
    throw new EngineError(`${text} names no image: write the name that pods use behind it`);
  }
  return found;
}

function normalized(reference: string): string {
  try {
    return normalizedReference(reference);
  } catch (error) {
    if (error instanceof InvalidReference) throw new EngineError(error.message);
    throw error;
  }
}
