// Writes OCI image layouts: layers, configs and manifests as blobs by their digests, and the index that names them.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export interface LayerBlob {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly diffId: string;
}
export interface ImageSpec {
  /** `org.opencontainers.image.ref.name` */
  readonly name: string;
  readonly layers: readonly LayerBlob[];
  /** The `config` part of the image's config. */
  readonly config: Readonly<Record<string, unknown>>;
}

const GO_ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };
const ARCHITECTURE = GO_ARCHITECTURES[process.arch] ?? process.arch;

export function writeLayer(layout: string, tar: Buffer): LayerBlob {
  const data = gzipSync(tar, { level: 1 });
  return {
    mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
    digest: writeBlob(layout, data),
    size: data.length,
    diffId: digestOf(tar),
  };
}

/** Writes the images' blobs, then the index in one step: who reads the layout meanwhile sees the old or the new one. */
export function writeLayout(
  layout: string,
  images: readonly ImageSpec[],
  annotations: Readonly<Record<string, string>> = {},
): void {
  const manifests = images.map((image) => {
    const config = json({
      created: "1970-01-01T00:00:00Z",
      architecture: ARCHITECTURE,
      os: "linux",
      config: image.config,
      rootfs: { type: "layers", diff_ids: image.layers.map(({ diffId }) => diffId) },
    });
    const manifest = json({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: {
        mediaType: "application/vnd.oci.image.config.v1+json",
        digest: writeBlob(layout, config),
        size: config.length,
      },
      layers: image.layers.map(({ mediaType, digest, size }) => ({ mediaType, digest, size })),
    });
    return {
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      digest: writeBlob(layout, manifest),
      size: manifest.length,
      annotations: { "org.opencontainers.image.ref.name": image.name },
      platform: { architecture: ARCHITECTURE, os: "linux" },
    };
  });
  writeFileSync(join(layout, "oci-layout"), json({ imageLayoutVersion: "1.0.0" }));
  const index = json({ schemaVersion: 2, manifests, annotations });
  const beside = join(layout, `.index.json.${process.pid}`);
  writeFileSync(beside, index);
  renameSync(beside, join(layout, "index.json"));
}

function writeBlob(layout: string, data: Buffer): string {
  const digest = digestOf(data);
  const folder = join(layout, "blobs/sha256");
  const file = join(folder, digest.slice("sha256:".length));
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) {
    writeFileSync(`${file}.${process.pid}`, data);
    renameSync(`${file}.${process.pid}`, file);
  }
  return digest;
}

function digestOf(data: Buffer): string {
  return `sha256:${createHash("sha256").update(data).digest("hex")}`;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
