// The images of a pod in a CRI runtime: one that it has is used, any other is brought into its store once.
import { statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { EngineError } from "../../node/errors.ts";
import type { RequestedImage } from "../engine.ts";
import { withImageArchive } from "../imageArchive.ts";
import { oneAtATime } from "../oneAtATime.ts";
import type { CriClient } from "./client.ts";
import { ctr } from "./ctr.ts";

/** The CRI plugin hears of an imported image by an event. */
const PATIENCE_MS = 10_000;
const STEP_MS = 20;
/** An archive is given more time than another call: the slowest disk takes a MiB in a second. */
const SLOWEST_BYTES_PER_MS = 1024;

let unique = 0;

export interface EnsuredImage {
  /** What ImageSpec names. */
  readonly name: string;
  /** Remove it with the sandbox: what is in it may be another thing next time. */
  readonly isTransient: boolean;
}

/** @throws EngineError when the runtime does not take it */
export async function ensureImage(
  client: CriClient,
  image: RequestedImage,
  signal?: AbortSignal,
): Promise<EnsuredImage> {
  const { reference, digest, user, rootfs, isDirectory } = image;
  if (!isDirectory && (await idOf(client, reference, signal)) === digest) {
    return { name: reference, isTransient: false };
  }
  const config = user === "" ? {} : { User: user };
  const bring = (name: string): Promise<void> =>
    withImageArchive({ rootfs, name, config }, (file) => importArchive(client, file, name, signal));
  if (isDirectory) {
    unique += 1;
    const name = ownName(digest, `run-${process.pid}-${Date.now()}-${unique}`);
    await bring(name);
    return { name, isTransient: true };
  }
  const name = ownName(digest, "image");
  await oneAtATime(`${client.socket} ${name}`, async () => {
    if ((await idOf(client, name, signal)) === undefined) await bring(name);
  });
  return { name, isTransient: false };
}

function ownName(digest: string, tag: string): string {
  return `secctx.local/${digest.replace(/^.*:/, "")}:${tag}`;
}

/** Brings an archive into containerd and waits until CRI knows its image. @throws EngineError */
export async function importArchive(
  client: CriClient,
  file: string,
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  const extraMs = statSync(file).size / SLOWEST_BYTES_PER_MS;
  await ctr(client, ["images", "import", file], { signal, extraMs }).catch((error: unknown) => {
    // Another secctx brings the same image at this moment.
    if (!(error instanceof EngineError && error.message.endsWith("already exists"))) throw error;
  });
  const end = Date.now() + PATIENCE_MS;
  while ((await idOf(client, name, signal)) === undefined) {
    if (Date.now() > end)
      throw new EngineError(`containerd imported ${name}, and CRI has no such image`);
    await setTimeout(STEP_MS);
  }
}

export async function removeImage(client: CriClient, name: string): Promise<void> {
  await ctr(client, ["images", "rm", "--sync", name]);
}

/** undefined when the runtime has no such image. */
async function idOf(
  { images }: CriClient,
  name: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { image } = await images.imageStatus({ image: { image: name } }, callOptions(signal));
  return image?.id;
}

function callOptions(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
