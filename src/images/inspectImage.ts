// The USER of an image without its layers: from the stores of this machine or, through skopeo, from its registry; kept for a day.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageFacts } from "../core/model/world.ts";
import { cacheDirectory } from "../node/directories.ts";
import { locate } from "./locate.ts";
import { parseReference } from "./reference.ts";
import { skopeo } from "./skopeo.ts";
import { type Source, writeSource } from "./source.ts";

export interface InspectOptions {
  readonly cacheDirectory?: string;
  readonly signal?: AbortSignal;
  /** In milliseconds since the epoch; for tests. */
  readonly now?: number;
}

/** A tag may come to mean another image; a digest never does. */
const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

/**
 * What the kubelet gets to know of an image before it runs: its USER, "" where it has none.
 * @param reference as the pod writes it
 * @throws ImageError with skopeo's words; InvalidReference; EngineError without skopeo; what the signal aborts with
 */
export async function inspectImage(
  reference: string,
  options: InspectOptions = {},
): Promise<ImageFacts> {
  const source = await locate(reference, {}, existsSync);
  const isRegistry = source.kind === "docker";
  const kept = keptFile(source, options);
  // What lies on this machine is asked each time: it takes no time, and may have changed.
  if (isRegistry) {
    const known = readKept(kept, reference, options.now ?? Date.now());
    if (known !== undefined) return known;
  }
  const said = await skopeo(
    ["--override-os", "linux", "inspect", "--config", transportOf(source)],
    options.signal,
  );
  const facts = { user: userOf(said) };
  if (isRegistry) keep(kept, facts);
  return facts;
}

/** skopeo writes a registry's references with slashes, and the others as secctx does. */
function transportOf(source: Source): string {
  return writeSource(source);
}

function userOf(config: string): string {
  const parsed: { readonly config?: { readonly User?: unknown } } = JSON.parse(config);
  const user = parsed.config?.User;
  return typeof user === "string" ? user : "";
}

function keptFile(source: Source, options: InspectOptions): string {
  const hash = createHash("sha256").update(writeSource(source)).digest("hex");
  return join(options.cacheDirectory ?? cacheDirectory(), "users", `${hash}.json`);
}

function readKept(file: string, reference: string, now: number): ImageFacts | undefined {
  try {
    const isPinned = parseReference(reference).digest !== undefined;
    if (!isPinned && now - statSync(file).mtimeMs > GOOD_FOR_MS) return undefined;
    const kept: { readonly user?: unknown } = JSON.parse(readFileSync(file, "utf8"));
    return typeof kept.user === "string" ? { user: kept.user } : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whole or not at all; a cache that cannot be written is none. */
function keep(file: string, facts: ImageFacts): void {
  try {
    mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
    const beside = `${file}.${process.pid}`;
    writeFileSync(beside, JSON.stringify(facts), { mode: 0o600 });
    renameSync(beside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}
