// What an image is made of: its config and its layers, found in an OCI layout or in what `docker save` wrote.
import { createHash } from "node:crypto";
import { type Extent, type Parts, parseDigest, readExtent, verify } from "./blobs.ts";
import { type Choice, chosen, nameAndTag } from "./choose.ts";
import { type ImageConfig, ImageError } from "./image.ts";
import { type Platform, pickPlatform } from "./platform.ts";

/** One layer: where its (compressed) bytes lie and which digests they must have. */
export interface Layer {
  readonly extent: Extent;
  /** Of the bytes as they lie; `docker save` tells none. */
  readonly digest?: string;
  /** Of the tar stream. */
  readonly diffId: string;
}
export interface Contents {
  /** `sha256:…` of the config: the image id. */
  readonly digest: string;
  /** Of the layers alone: images that differ in their config only share a root file system. */
  readonly chain: string;
  readonly config: ImageConfig;
  readonly layers: readonly Layer[];
}

interface Descriptor {
  readonly mediaType?: string;
  readonly digest?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: Platform;
}
interface Index {
  readonly manifests?: readonly Descriptor[];
}
interface Manifest extends Index {
  readonly schemaVersion?: number;
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
}
interface SavedImage {
  readonly Config?: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Layers?: readonly string[];
}

const REF_NAME = "org.opencontainers.image.ref.name";
const MAX_INDEX_DEPTH = 4;

/**
 * The image of an OCI layout with the given name (annotation `org.opencontainers.image.ref.name`) or digest; without one,
 * the only image there.
 * @throws ImageError when it is not there, is not unique, or its documents are broken
 */
export function layoutContents(parts: Parts, choice: Choice): Contents {
  const index = parseDocument<Index>(document(parts, "index.json"), "index.json");
  const named = chosen(
    objects<Descriptor>(index.manifests ?? [], "index.json"),
    namesOf,
    choice,
    "index.json",
  );
  let descriptor = pickPlatform(named);
  for (let depth = 0; depth <= MAX_INDEX_DEPTH; depth++) {
    const manifest = parseDocument<Manifest>(blob(parts, descriptor), `manifest`);
    if (manifest.manifests === undefined) return manifestContents(parts, manifest);
    descriptor = pickPlatform(objects<Descriptor>(manifest.manifests, "index"));
  }
  throw new ImageError("indexes of images are nested too deeply");
}

/**
 * The image of a `docker save` archive with the given tag or position (`@0`); without one, the only image there.
 * @throws ImageError as `layoutContents`
 */
export function savedContents(parts: Parts, choice: Choice): Contents {
  const saved = document(parts, "manifest.json");
  const all = parseDocument<readonly SavedImage[]>(saved, "manifest.json");
  const tagged = objects<SavedImage>(all, "manifest.json").map((image, at) => ({
    image,
    names: savedNames(image, at),
  }));
  const [found] = chosen(tagged, ({ names }) => names, choice, "manifest.json");
  const image = found?.image ?? {};
  const config = document(parts, String(image.Config));
  const digest = sha256(config);
  return contents(
    digest,
    config,
    strings(image.Layers).map((path) => ({ extent: part(parts, path) })),
  );
}

function manifestContents(parts: Parts, manifest: Manifest): Contents {
  if (manifest.config === undefined || manifest.layers === undefined) {
    throw new ImageError("the manifest has no config or no layers");
  }
  const { digest } = manifest.config;
  return contents(
    String(digest),
    blob(parts, manifest.config),
    objects<Descriptor>(manifest.layers, "manifest").map((layer) => ({
      extent: part(parts, blobPath(layer)),
      digest: String(layer.digest),
    })),
  );
}

function contents(digest: string, raw: Buffer, layers: readonly Omit<Layer, "diffId">[]): Contents {
  const image = parseDocument<ImageDocument>(raw, "config");
  const diffIds = strings(image.rootfs?.diff_ids);
  if (image.os !== undefined && image.os !== "linux") {
    throw new ImageError(`the image is made for ${image.os}, not for linux`);
  }
  if (diffIds.length !== layers.length) {
    throw new ImageError(`the image has ${layers.length} layers and names ${diffIds.length}`);
  }
  return {
    digest,
    chain: chainId(diffIds.map(checked)),
    config: imageConfig(image.config ?? {}),
    layers: layers.map((layer, at) => ({ ...layer, diffId: checked(diffIds[at]) })),
  };
}

/** @see opencontainers/image-spec config.md, Layer ChainID; that of no layer is our own. */
function chainId(diffIds: readonly string[]): string {
  return diffIds.reduce(
    (chain, diffId) => (chain === "" ? diffId : sha256(`${chain} ${diffId}`)),
    diffIds.length === 0 ? sha256("") : "",
  );
}

function sha256(data: string | Buffer): string {
  return `sha256:${createHash("sha256").update(data).digest("hex")}`;
}

interface ImageDocument {
  readonly os?: string;
  readonly config?: ConfigDocument | null;
  readonly rootfs?: { readonly diff_ids?: readonly string[] };
}
export interface ConfigDocument {
  readonly User?: string;
  readonly Env?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly WorkingDir?: string;
  readonly Volumes?: Readonly<Record<string, unknown>> | null;
  readonly StopSignal?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/** The `config` part of an image's config document. */
export function imageConfig(config: ConfigDocument): ImageConfig {
  return {
    user: String(config.User ?? ""),
    env: strings(config.Env),
    entrypoint: strings(config.Entrypoint),
    cmd: strings(config.Cmd),
    workingDir: String(config.WorkingDir ?? ""),
    volumes: Object.keys(config.Volumes ?? {}),
    ...(config.StopSignal === undefined || config.StopSignal === ""
      ? {}
      : { stopSignal: String(config.StopSignal) }),
    labels: config.Labels ?? {},
  };
}

function strings(value: readonly string[] | null | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) {
    throw new ImageError("config: not a list of texts");
  }
  return value;
}

/** What `oci:PATH:` may be followed by: the annotated name, its tag alone, or `@sha256:…`. */
function namesOf({ annotations, digest }: Descriptor): string[] {
  const told: unknown = annotations?.[REF_NAME];
  const name = typeof told === "string" ? told : undefined;
  return [...(name === undefined ? [] : nameAndTag(name)), `@${digest}`];
}

/** Tags, `app` for `app:latest`, and the position `@0`. */
function savedNames({ RepoTags }: SavedImage, at: number): string[] {
  const tags = strings(RepoTags);
  return [...tags, ...tags.map((tag) => tag.replace(/:latest$/, "")), `@${at}`];
}

function objects<T extends object>(value: unknown, where: string): readonly T[] {
  const isList =
    Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null);
  if (!isList) throw new ImageError(`${where}: not a list of objects`);
  return value;
}

function blob(parts: Parts, descriptor: Descriptor): Buffer {
  return verify(document(parts, blobPath(descriptor)), String(descriptor.digest));
}

function blobPath({ digest }: Descriptor): string {
  const { algorithm, hex } = parseDigest(digest);
  return `blobs/${algorithm}/${hex}`;
}

function checked(digest: unknown): string {
  parseDigest(digest);
  return String(digest);
}

function document(parts: Parts, name: string): Buffer {
  return readExtent(part(parts, name));
}

function part(parts: Parts, name: string): Extent {
  const extent = parts(name);
  if (extent === undefined) throw new ImageError(`${name} is missing`);
  return extent;
}

function parseDocument<T>(data: Buffer, name: string): T {
  let value: unknown;
  try {
    value = JSON.parse(data.toString("utf8"));
  } catch {
    value = undefined;
  }
  if (typeof value !== "object" || value === null) throw new ImageError(`${name} is no JSON`);
  return value as T;
}
