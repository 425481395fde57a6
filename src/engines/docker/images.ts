// The images of a pod in Docker Engine: one that the daemon has is used, any other is loaded once and has no name there.
import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";
import type Docker from "dockerode";
import { EngineError } from "../../node/errors.ts";
import type { RequestedImage } from "../engine.ts";
import { withImageArchive, withPauseArchive } from "../imageArchive.ts";
import { oneAtATime } from "../oneAtATime.ts";
import { DeadlineExceeded } from "../patience.ts";

/** Label of an image that secctx loaded: the digest of the image that it is. */
const IMAGE_LABEL = "secctx.image";
/** Rises with every change of what is written into the sandbox's image. */
const PAUSE_EDITION = "pause-1";

/**
 * @returns the id, or the reference where the daemon's image of that name is the very one
 * @throws EngineError when the daemon does not take it
 */
export async function ensureImage(
  client: Docker,
  image: RequestedImage,
  abortSignal: AbortSignal,
): Promise<string> {
  const { reference, digest, user, rootfs, isDirectory } = image;
  const labels = { [IMAGE_LABEL]: digest };
  const config = { ...(user === "" ? {} : { User: user }), Labels: labels };
  const bring = (): Promise<string> =>
    withImageArchive({ rootfs, config }, (file) => load(client, file, abortSignal));
  if (isDirectory) return bring();
  if (await hasImage(client, reference, digest)) return reference;
  return oneAtATime(
    `image ${digest}`,
    async () => (await findLabelled(client, digest)) ?? (await bring()),
  );
}

/** The image of sandbox containers: one program that sleeps, and pause's user. */
export async function ensurePauseImage(client: Docker): Promise<string> {
  const loaded = await findLabelled(client, PAUSE_EDITION);
  if (loaded !== undefined) return loaded;
  const config = { User: "65535:65535", Labels: { [IMAGE_LABEL]: PAUSE_EDITION } };
  return withPauseArchive({ config }, (file) => load(client, file));
}

async function hasImage(client: Docker, reference: string, digest: string): Promise<boolean> {
  try {
    const { Id } = await client.getImage(reference).inspect();
    return Id === digest;
  } catch (error) {
    if (error instanceof DeadlineExceeded) throw error;
    return false;
  }
}

async function findLabelled(client: Docker, value: string): Promise<string | undefined> {
  const filters = { label: [`${IMAGE_LABEL}=${value}`] };
  const [found] = await client.listImages({ all: true, filters: JSON.stringify(filters) });
  return found?.Id;
}

async function load(client: Docker, file: string, abortSignal?: AbortSignal): Promise<string> {
  const answer = await text(
    await client.loadImage(createReadStream(file), {
      quiet: true,
      ...(abortSignal ? { abortSignal } : {}),
    }),
  );
  const [, id] = /Loaded image(?: ID)?: (sha256:[0-9a-f]+)/.exec(answer) ?? [];
  if (id === undefined) {
    throw new EngineError(`Docker Engine did not load the image: ${answer.trim()}`);
  }
  return id;
}
