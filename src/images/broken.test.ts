// Images that lie about themselves or are too large: one sentence, and nothing is left.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dir, layout, link, names, unpack, withBench } from "../../test/imageBench.ts";
import { writeLayer } from "../../tools/ociLayout.ts";
import { tar } from "../../tools/tarWriter.ts";
import { ensureImageExists } from "./images.ts";

test("limits on bytes and files; a compressed bomb stops early and leaves nothing", async () => {
  await withBench(async (bench) => {
    const big = await unpack(bench, [[{ name: "zeros", content: Buffer.alloc(3 << 20) }]], {
      limits: { bytes: 1 << 20 },
    });
    assert.match(big.failure?.message ?? "", /the image is larger than 1048576 bytes unpacked$/);
    const lying = await unpack(bench, [[{ name: "liar", size: 1e15 }]], { limits: { bytes: 10 } });
    assert.match(lying.failure?.message ?? "", /the image is larger than 10 bytes unpacked$/);
    const entries = Array.from({ length: 50 }, (_, at) => dir(`d${at}`));
    const many = await unpack(bench, [entries], { limits: { entries: 20 } });
    assert.match(many.failure?.message ?? "", /the image has more than 20 files$/);
    const path = layout(bench, [Buffer.concat([tar([]), Buffer.alloc(8 << 20)])]);
    const tail = await ensureImageExists("x", "Always", {
      cacheDirectory: bench.cache,
      sources: { x: `oci:${path}` },
      limits: { bytes: 1024, entries: 4 },
    });
    assert.match(tail.failure?.message ?? "", /a layer is larger than \d+ bytes unpacked$/);
    assert.deepEqual(names(join(bench.cache, "tmp")), []);
    assert.deepEqual(names(join(bench.cache, "layers")), []);
  });
});

test("a layer whose bytes are not those of its digest", async () => {
  await withBench(async (bench) => {
    const path = layout(bench, [tar([dir("a")])]);
    const manifest = readFileSync(join(path, "index.json"), "utf8");
    const blobs = join(path, "blobs/sha256");
    const layer = readdirSync(blobs).find((name) => readFileSync(join(blobs, name))[0] === 0x1f);
    assert.ok(layer !== undefined && manifest.length > 0);
    const other = writeLayer(join(bench.folder, "other"), tar([dir("evil")]));
    writeFileSync(
      join(blobs, layer),
      readFileSync(join(bench.folder, "other/blobs/sha256", other.digest.slice(7))),
    );
    const answer = await ensureImageExists("x", "IfNotPresent", {
      cacheDirectory: bench.cache,
      sources: { x: `oci:${path}` },
    });
    assert.match(answer.failure?.message ?? "", /layer sha256:[0-9a-f]{64} has digest sha256:/);
    assert.deepEqual(names(join(bench.cache, "layers")), []);
  });
});

test("an index with digests that climb, point nowhere or are none", async () => {
  await withBench(async (bench) => {
    const path = layout(bench, [tar([dir("a")])]);
    const digest = `sha256:../../../../etc/passwd`;
    for (const manifests of [
      [{ digest }],
      [{ digest: 5 }],
      [{ digest: `sha256:${"0".repeat(64)}` }],
      "x",
      [null],
      [],
    ]) {
      writeFileSync(join(path, "index.json"), JSON.stringify({ manifests }));
      const answer = await ensureImageExists("x", "Always", {
        cacheDirectory: bench.cache,
        sources: { x: `oci:${path}` },
      });
      assert.equal(answer.failure?.reason, "ErrImagePull", JSON.stringify(manifests));
    }
  });
});

test("passwd and group are read inside the root, through its own symlinks only", async () => {
  await withBench(async (bench) => {
    const answer = await unpack(bench, [
      [
        dir("usr"),
        link("etc", "/usr/../conf/"),
        dir("conf"),
        link("conf/passwd", "/shared/passwd"),
        { name: "shared/passwd", content: "root:x:0:0::/:\n" },
      ],
    ]);
    assert.equal(answer.failure, undefined);
    assert.equal(answer.image?.passwd, "root:x:0:0::/:\n");
    const loop = await unpack(bench, [[dir("etc"), link("etc/group", "../../../../etc/group")]]);
    assert.match(loop.failure?.message ?? "", /\/etc\/group: too many links$/);
  });
  await withBench(async (bench) => {
    const answer = await unpack(bench, [
      [dir("etc"), link("etc/passwd", "/../../../etc/hostname")],
    ]);
    assert.equal(answer.failure, undefined);
    assert.equal(answer.image?.passwd, undefined);
    const huge = await unpack(bench, [
      [dir("etc"), { name: "etc/passwd", content: Buffer.alloc(9 << 20, "x") }],
    ]);
    assert.match(huge.failure?.message ?? "", /bytes are too many$/);
  });
});
