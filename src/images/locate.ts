// Where the image of a reference lies: as `--image` tells, else where this machine already has it, else in its registry.
import { EngineError } from "../node/errors.ts";
import { containerdDigest } from "./containerdStore.ts";
import { ImageMissing } from "./image.ts";
import { dockerImageId, storageStamp } from "./localStores.ts";
import { InvalidReference, normalizedReference } from "./reference.ts";
import { parseSource, type Source } from "./source.ts";

/**
 * @param sources reference → source; `app`, `app:latest` and `docker.io/library/app:latest` are one reference
 * @throws EngineError when a source cannot be read as one
 */
export async function locate(
  reference: string,
  sources: Readonly<Record<string, string>>,
  exists: (path: string) => boolean,
): Promise<Source> {
  const wanted = normalizedReference(reference);
  const told = sources[reference] ?? sameReference(wanted, sources);
  const source = told === undefined ? undefined : parseSource(told, exists);
  if (source !== undefined) return { ...source, wanted };
  const place = told === undefined ? wanted : normalizedReference(told);
  if (await has(() => storageStamp(place))) return { kind: "containers-storage", place };
  if (await has(() => dockerImageId(place))) return { kind: "docker-daemon", place };
  if (await has(() => containerdDigest(place))) return { kind: "containerd", place };
  return { kind: "docker", place };
}

function sameReference(
  wanted: string,
  sources: Readonly<Record<string, string>>,
): string | undefined {
  for (const [reference, source] of Object.entries(sources)) {
    try {
      if (normalizedReference(reference) === wanted) return source;
    } catch (error) {
      if (!(error instanceof InvalidReference)) throw error;
      throw new EngineError(`--image ${reference}=${source}: ${error.message}`);
    }
  }
  return undefined;
}

async function has(look: () => Promise<string> | string): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (error) {
    if (error instanceof ImageMissing) return false;
    throw error;
  }
}
