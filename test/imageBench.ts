// What the tests of images share: a folder of their own, and images written for one test.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureImageExists, type ImageAnswer, type ImageOptions } from "../src/images/images.ts";
import { removeTree } from "../src/node/removeTree.ts";
import { type LayerBlob, writeLayer, writeLayout } from "../tools/ociLayout.ts";
import { type TarEntry, tar } from "../tools/tarWriter.ts";

export interface Bench {
  readonly folder: string;
  readonly cache: string;
}

export async function withBench(use: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "secctx-images-"));
  try {
    await use({ folder, cache: join(folder, "cache") });
  } finally {
    removeTree(folder);
  }
}

export function layout(
  bench: Bench,
  tars: readonly Buffer[],
  config: Record<string, unknown> = {},
): string {
  const path = join(bench.folder, "layout");
  mkdirSync(path, { recursive: true });
  const layers: LayerBlob[] = tars.map((layer) => writeLayer(path, layer));
  writeLayout(path, [{ name: "x", layers, config }]);
  return path;
}

export function unpack(
  bench: Bench,
  layers: readonly (readonly TarEntry[])[],
  options: Partial<ImageOptions> = {},
): Promise<ImageAnswer> {
  const path = layout(bench, layers.map(tar));
  return ensureImageExists("x", "IfNotPresent", {
    cacheDirectory: bench.cache,
    sources: { x: `oci:${path}` },
    ...options,
  });
}

export function rootfs(answer: ImageAnswer): string {
  assert.equal(answer.failure, undefined);
  return answer.image?.rootfs ?? "";
}

export function names(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

export const dir = (name: string, more: Partial<TarEntry> = {}): TarEntry => ({
  name,
  type: "5",
  mode: 0o755,
  ...more,
});
export const link = (name: string, target: string): TarEntry => ({ name, type: "2", link: target });
export const hard = (name: string, target: string): TarEntry => ({ name, type: "1", link: target });

/** A folder for one test and a cache in it. */
export async function withFolder(
  use: (folder: string, cache: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "secctx-images-"));
  try {
    await use(folder, join(folder, "cache"));
  } finally {
    removeTree(folder);
  }
}

/** An OCI layout with one image of one layer. */
export function writeImage(layout: string, entries: readonly TarEntry[]): void {
  const layers = [writeLayer(layout, tar(entries))];
  writeLayout(layout, [{ name: "only", layers, config: {} }]);
}
