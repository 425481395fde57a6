// Runs side by side, runs that are killed or aborted, and a disk that is full.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { withFolder, writeImage } from "../../test/imageBench.ts";
import type { TarEntry } from "../../tools/tarWriter.ts";
import { removeTree } from "../node/removeTree.ts";
import { ensureImageExists, pruneImages } from "./images.ts";

const DOOR = fileURLToPath(new URL("./images.ts", import.meta.url));
const ROOT = process.getuid?.() === 0;

/** A process of its own that asks for the image and says where it lies. */
function asker(cache: string, layout: string): ReturnType<typeof spawn> {
  const code = `import(${JSON.stringify(DOOR)}).then(async ({ ensureImageExists }) => {
    const { image, failure } = await ensureImageExists("app", "IfNotPresent", {
      cacheDirectory: ${JSON.stringify(cache)}, sources: { app: ${JSON.stringify(`oci:${layout}`)} } });
    console.log(failure?.message ?? image.rootfs);
  });`;
  return spawn(process.execPath, ["--import", "tsx", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
}

async function answerOf(child: ReturnType<typeof spawn>): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout ?? []) text += chunk;
  return text.trim();
}

const MANY: readonly TarEntry[] = Array.from({ length: 6000 }, (_, at) => ({
  name: `d${at % 50}/f${at}`,
  content: `file ${at}`,
}));

test("three runs at once share one unpacking, and nothing of theirs is left", async () => {
  await withFolder(async (folder, cache) => {
    const layout = join(folder, "l");
    writeImage(layout, MANY);
    const answers = await Promise.all([1, 2, 3].map(() => answerOf(asker(cache, layout))));
    assert.equal(new Set(answers).size, 1);
    assert.equal(readdirSync(join(answers[0] ?? "")).length, 50);
    assert.deepEqual(readdirSync(join(cache, "tmp")), []);
    assert.deepEqual(readdirSync(join(answers[0] ?? "", "../held")), []);
    assert.equal(pruneImages(0, cache).length, 1);
    assert.deepEqual(readdirSync(join(cache, "layers")), []);
    assert.deepEqual(readdirSync(join(cache, "sources")), []);
  });
});

test("kill -9 in the middle: the next run finds the leftover, removes it and unpacks anew", async () => {
  await withFolder(async (folder, cache) => {
    const layout = join(folder, "l");
    writeImage(layout, MANY);
    const victim = asker(cache, layout);
    const ended = new Promise((resolve) => victim.on("exit", resolve));
    const begun = join(cache, "tmp");
    for (let waited = 0; waited < 1000 && !hasBegun(begun); waited++) await setTimeout(5);
    victim.kill("SIGKILL");
    await ended;
    assert.equal(readdirSync(begun).length, 1, "killed too late: make the image larger");
    assert.equal(existsSync(join(cache, "layers")), false);
    const root = await answerOf(asker(cache, layout));
    assert.equal(readdirSync(root).length, 50);
    assert.deepEqual(readdirSync(begun), []);
  });
});

function hasBegun(tmp: string): boolean {
  if (!existsSync(tmp)) return false;
  const [name] = readdirSync(tmp);
  return name !== undefined && existsSync(join(tmp, name, "rootfs/d7"));
}

test("an abort stops the unpacking and leaves nothing", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const layout = join(folder, "l");
    writeImage(layout, MANY);
    const stop = new AbortController();
    const asked = ensureImageExists("app", "IfNotPresent", {
      cacheDirectory,
      sources: { app: `oci:${layout}` },
      signal: stop.signal,
    });
    stop.abort();
    await assert.rejects(asked, { name: "AbortError" });
    assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
  });
});

test("a full disk is one sentence, and nothing is left", {
  skip: ROOT ? false : "needs root: a small tmpfs is mounted",
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-images-"));
  const layout = join(folder, "l");
  mkdirSync(join(folder, "small"));
  writeImage(layout, [{ name: "big", content: Buffer.alloc(3 << 20, "x") }]);
  const code = `import(${JSON.stringify(DOOR)}).then(async ({ ensureImageExists }) => {
    const { failure } = await ensureImageExists("app", "IfNotPresent", {
      cacheDirectory: ${JSON.stringify(join(folder, "small/cache"))}, sources: { app: ${JSON.stringify(`oci:${layout}`)} } });
    console.log(failure?.message, require("node:fs").readdirSync(${JSON.stringify(join(folder, "small/cache/tmp"))}).length);
  });`;
  const { stdout } = spawnSync(
    "unshare",
    [
      "-m",
      "sh",
      "-c",
      'mount -t tmpfs -o size=1m none "$0" && exec "$1" --import tsx -e "$2"',
      join(folder, "small"),
      process.execPath,
      code,
    ],
    { encoding: "utf8", cwd: fileURLToPath(new URL("../..", import.meta.url)) },
  );
  removeTree(folder);
  assert.match(stdout, /: write: no space left on device 0\n$/);
});
