// The cache: what changes, what breaks, and what leaves it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { withFolder, writeImage } from "../../test/imageBench.ts";
import { removeTree } from "../node/removeTree.ts";
import { ensureImageExists, listImages, pruneImages, removeImage } from "./images.ts";
import { limitCache } from "./prune.ts";
import { layersFolder } from "./store.ts";

test("a source that changes gives its new image; one that only looks new gives the old", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const layout = join(folder, "l");
    const options = { cacheDirectory, sources: { app: `oci:${layout}` } };
    const text = async (): Promise<string> => {
      const { image } = await ensureImageExists("app", "IfNotPresent", options);
      return readFileSync(join(image?.rootfs ?? "", "f"), "utf8");
    };
    writeImage(layout, [{ name: "f", content: "one" }]);
    assert.equal(await text(), "one");
    writeImage(layout, [{ name: "f", content: "two" }]);
    assert.equal(await text(), "two");
    utimesSync(join(layout, "index.json"), 1, 1);
    assert.equal(await text(), "two");
    assert.equal(listImages(cacheDirectory).length, 2);
  });
});

test("a broken cache heals itself", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const layout = join(folder, "l");
    const options = { cacheDirectory, sources: { app: `oci:${layout}` } };
    writeImage(layout, [{ name: "f", content: "one" }]);
    const first = await ensureImageExists("app", "Always", options);
    const root = first.image?.rootfs ?? "";
    for (const damage of [
      () => writeFileSync(join(root, "../layers.json"), "{"),
      () => writeFileSync(join(root, "../layers.json"), '{"version":0}'),
      () => removeTree(join(root, "..")),
      () => {
        for (const name of readdirSync(join(cacheDirectory, "sources"))) {
          writeFileSync(join(cacheDirectory, "sources", name), "null");
        }
      },
    ]) {
      damage();
      const again = await ensureImageExists("app", "IfNotPresent", options);
      assert.equal(again.failure, undefined);
      assert.equal(readFileSync(join(again.image?.rootfs ?? "", "f"), "utf8"), "one");
    }
    assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
  });
});

test("prune: leftovers of the dead, the longest unused first, down to a size", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    for (const [at, size] of [3000, 2000, 1000].entries()) {
      const layout = join(folder, `l${at}`);
      writeImage(layout, [{ name: "f", content: Buffer.alloc(size, String(at)) }]);
      const answer = await ensureImageExists("a", "Always", {
        cacheDirectory,
        sources: { a: `oci:${layout}` },
      });
      const own = join(answer.image?.rootfs ?? "", "..");
      // As if a run of yesterday had used them.
      renameSync(join(own, "held"), join(folder, `held${at}`));
      mkdirSync(join(own, "held"));
      writeFileSync(join(own, "held", `999999-1-${pidNamespace()}`), "");
      utimesSync(own, 1000 + at, 1000 + at);
    }
    mkdirSync(join(cacheDirectory, "tmp", `unpack-x.999999-1-${pidNamespace()}`), {
      recursive: true,
    });
    const left = pruneImages(3500, cacheDirectory);
    assert.deepEqual(
      left.map(({ size }) => size),
      [3000],
    );
    assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
    assert.deepEqual(
      listImages(cacheDirectory).map(({ size }) => size),
      [1000, 2000],
    );
    const [newest] = listImages(cacheDirectory);
    assert.equal(removeImage(newest?.images[0]?.digest ?? "", cacheDirectory), true);
    assert.throws(
      () => removeImage("sha256:dead", cacheDirectory),
      /^Error: no image sha256:dead in /,
    );
    assert.equal(pruneImages(0, cacheDirectory).length, 1);
  });
});

function pidNamespace(): string {
  return execFileSync("readlink", ["/proc/self/ns/pid"], { encoding: "utf8" }).replace(/\D/g, "");
}

test("above its limit the cache lets go of what was not used for longest, never of what is in use", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const content = "x".repeat(100_000);
    for (const name of ["old", "new"]) {
      const layout = join(folder, name);
      writeImage(layout, [{ name: "f", content: content + name }]);
      await ensureImageExists(name, "Always", {
        cacheDirectory,
        sources: { [name]: `oci:${layout}` },
      });
    }
    const [first, second] = listImages(cacheDirectory).reverse();
    // This process holds them both.
    assert.deepEqual(limitCache(cacheDirectory, "150Ki"), []);
    for (const { chain } of [first, second].flatMap((one) => one ?? [])) {
      const folder = layersFolder(cacheDirectory, chain);
      for (const mark of readdirSync(join(folder, "held"))) rmSync(join(folder, "held", mark));
      utimesSync(folder, chain === first?.chain ? 1 : 2, chain === first?.chain ? 1 : 2);
    }
    assert.deepEqual(limitCache(cacheDirectory, "1Mi"), []);
    const removed = limitCache(cacheDirectory, "150Ki");
    assert.deepEqual(
      removed.map(({ chain }) => chain),
      [first?.chain],
    );
    assert.deepEqual(
      listImages(cacheDirectory).map(({ chain }) => chain),
      [second?.chain],
    );
    assert.throws(() => limitCache(cacheDirectory, "much"), {
      message: "SECCTX_CACHE_LIMIT much: write a quantity, as 5Gi",
    });
  });
});

test("each source of the same layers tells its own last use, and one source is one line", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const sources: Record<string, string> = {};
    for (const name of ["a", "b"]) {
      writeImage(join(folder, name), [{ name: "f", content: "one" }]);
      sources[name] = `oci:${join(folder, name)}:only`;
      await ensureImageExists(name, "Always", { cacheDirectory, sources });
    }
    const looked = { only: `oci:${join(folder, "a")}` };
    await ensureImageExists("only", "Always", { cacheDirectory, sources: looked });
    for (const name of readdirSync(join(cacheDirectory, "sources"))) {
      utimesSync(join(cacheDirectory, "sources", name), 1, 1);
    }
    await ensureImageExists("only", "IfNotPresent", { cacheDirectory, sources: looked });
    const [layers, ...others] = listImages(cacheDirectory);
    assert.deepEqual(others, []);
    assert.deepEqual(
      layers?.images.map(({ source, lastUsed }) => [source, lastUsed > 1000]),
      [
        [sources["a"], true],
        [sources["b"], false],
      ],
    );
  });
});
