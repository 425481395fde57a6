// Images that other programs of this machine keep: the Docker daemon, and the storage of podman and CRI-O.
import { createWriteStream, readFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ownIdMap } from "../node/idMap.ts";
import { ImageError, ImageMissing } from "./image.ts";
import { fileStamp } from "./stamp.ts";

const PATIENCE_MS = 5_000;
const STORAGE_CONFIG = "/etc/containers/storage.conf";

/**
 * The id of an image in the Docker daemon.
 * @param reference normalized
 * @throws ImageMissing when there is no daemon or no such image
 */
export async function dockerImageId(reference: string): Promise<string> {
  const response = await askDocker(`/images/${encodeURIComponent(reference)}/json`);
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  const answer: { readonly Id?: string; readonly message?: string } = JSON.parse(text);
  if (response.statusCode === 404) throw new ImageMissing(answer.message ?? "No such image");
  if (answer.Id === undefined) throw new ImageError(`docker daemon: ${answer.message}`);
  return answer.Id;
}

/** Writes the image as `docker save` does. */
export async function saveDockerImage(
  reference: string,
  file: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const response = await askDocker(`/images/${encodeURIComponent(reference)}/get`);
  if (response.statusCode !== 200) {
    response.destroy();
    throw new ImageError(`docker daemon: it answers with status ${response.statusCode}`);
  }
  const options = signal === undefined ? {} : { signal };
  await pipeline(response, createWriteStream(file, { mode: 0o600 }), options);
}

function askDocker(path: string): Promise<IncomingMessage> {
  const host = process.env["DOCKER_HOST"] ?? "unix:///var/run/docker.sock";
  if (!host.startsWith("unix://")) {
    throw new ImageMissing(`docker daemon: DOCKER_HOST ${host} is no unix socket`);
  }
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: host.slice(7), path, timeout: PATIENCE_MS }, resolve);
    asked.on("timeout", () => asked.destroy(new Error("it does not answer")));
    asked.on("error", (error) => reject(new ImageMissing(`docker daemon: ${error.message}`)));
    asked.end();
  });
}

/**
 * How the container storage of this user looks now, if it names the image: changes whenever the storage does.
 * @param reference normalized
 * @throws ImageMissing
 */
export function storageStamp(reference: string): string {
  for (const driver of ["overlay", "vfs", "btrfs", "zfs"]) {
    const index = join(storageRoot(), `${driver}-images`, "images.json");
    const stamp = fileStamp(index);
    if (stamp !== undefined && storageNames(index).includes(reference)) return stamp;
  }
  throw new ImageMissing(`${reference}: image not known`);
}

/** As containers/storage looks it up: the file that CONTAINERS_STORAGE_CONF names, else that of the system for root. */
function storageRoot(): string {
  const isRoot = process.getuid?.() === 0 && ownIdMap() === undefined;
  const usual = isRoot
    ? "/var/lib/containers/storage"
    : join(homedir(), ".local/share/containers/storage");
  const config = process.env["CONTAINERS_STORAGE_CONF"] ?? (isRoot ? STORAGE_CONFIG : undefined);
  if (config === undefined) return usual;
  try {
    return /^\s*graphroot\s*=\s*"([^"]+)"/m.exec(readFileSync(config, "utf8"))?.[1] ?? usual;
  } catch {
    return usual;
  }
}

function storageNames(index: string): string[] {
  try {
    const images: readonly { readonly names?: readonly string[] }[] = JSON.parse(
      readFileSync(index, "utf8"),
    );
    return images.flatMap(({ names }) => names ?? []);
  } catch {
    return [];
  }
}
