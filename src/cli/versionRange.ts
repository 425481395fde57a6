// `--kubernetes 1.33..1.37`: the versions that a range names, and how to write one where it is not written so.
import { type KubeMinor, minor, minorsThrough, parseKubeMinor } from "../core/model/version.ts";
import { UsageError } from "./errors.ts";

/**
 * Oldest first; undefined for what names one version or none, of which the world has words.
 * @throws UsageError for a range that is none
 */
export function versionRange(asked: string): readonly KubeMinor[] | undefined {
  const named = versionsIn(asked);
  if (!asked.includes("..")) {
    if (named.length < 2 || parseKubeMinor(asked) !== undefined) return undefined;
    throw new UsageError(`--kubernetes ${asked}: write a range as ${shownRange(named)}`);
  }
  const [from, to, ...more] = asked
    .split("..")
    .map((part) => parseKubeMinor(part.replace(/^\./, "")));
  if (from === undefined || to === undefined || more.length > 0 || minor(from) > minor(to)) {
    const range = named.length < 2 ? "1.33..1.37" : shownRange(named);
    throw new UsageError(
      `--kubernetes ${asked}: write a range as ${range}, the older version first`,
    );
  }
  return minorsThrough(to).slice(minor(from));
}

/** @throws UsageError where a command that knows one version is asked for several */
export function oneVersion(asked: string): string {
  const named = versionsIn(asked);
  if (named.length < 2 || parseKubeMinor(asked) !== undefined) return asked;
  throw new UsageError(
    `--kubernetes ${asked}: write one version here; check and fix take a range, as ${shownRange(named)}`,
  );
}

/** `1.30`, `v1.37.2`: wherever they stand. */
function versionsIn(text: string): readonly KubeMinor[] {
  return [...text.matchAll(/v?1\.\d+(?:\.\d+)?/g)].flatMap(([word]) => parseKubeMinor(word) ?? []);
}

/** From the oldest to the newest. */
function shownRange(versions: readonly KubeMinor[]): string {
  const sorted = versions.toSorted((a, b) => minor(a) - minor(b)).map((one) => one.slice(1));
  return `${sorted[0]}..${sorted.at(-1)}`;
}
