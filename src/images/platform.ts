// Which of an image's builds this machine runs.
import { ImageError } from "./image.ts";

export interface Platform {
  readonly architecture?: string;
  readonly os?: string;
  readonly variant?: string;
}

/** Node's name of an architecture → Go's. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: "amd64",
  ia32: "386",
  ppc64: "ppc64le",
  mipsel: "mipsle",
};

/**
 * The build for Linux on this machine's architecture; one that tells no platform fits where none does.
 * @throws ImageError when there is none
 */
export function pickPlatform<T extends { readonly platform?: Platform }>(
  builds: readonly T[],
  machine: string = process.arch,
): T {
  const architecture = ARCHITECTURES[machine] ?? machine;
  const found =
    builds.find(
      ({ platform }) => platform?.os === "linux" && platform.architecture === architecture,
    ) ?? builds.find(({ platform }) => platform?.architecture === undefined);
  if (found === undefined) {
    throw new ImageError(`no match for platform in manifest: linux/${architecture}`);
  }
  return found;
}
