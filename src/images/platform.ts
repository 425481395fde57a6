// Which of an image's builds this machine runs.
import { goArchitecture } from "../node/architecture.ts";
import { ImageError } from "./image.ts";

export interface Platform {
  readonly architecture?: string;
  readonly os?: string;
  readonly variant?: string;
}

/**
 * The build for Linux on this machine's architecture; one that tells no platform fits where none does.
 * @throws ImageError when there is none
 */
export function pickPlatform<T extends { readonly platform?: Platform }>(
  builds: readonly T[],
  architecture: string = goArchitecture(),
): T {
  const found =
    builds.find(
      ({ platform }) => platform?.os === "linux" && platform.architecture === architecture,
    ) ?? builds.find(({ platform }) => platform?.architecture === undefined);
  if (found === undefined) {
    throw new ImageError(`no match for platform in manifest: linux/${architecture}`);
  }
  return found;
}
