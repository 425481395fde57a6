// Images made to break out, to lie or to fill the disk: unpacked inside their root or refused, and nothing is left.
import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { type LayerBlob, writeLayer, writeLayout } from "../../tools/ociLayout.ts";
import { type TarEntry, tar } from "../../tools/tarWriter.ts";
import { removeTree } from "../node/removeTree.ts";
import { ensureImageExists, type ImageAnswer, type ImageOptions } from "./images.ts";
import { tarReader } from "./tarReader.ts";

interface Bench {
  readonly folder: string;
  readonly cache: string;
}

async function withBench(use: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "secctx-images-"));
  try {
    await use({ folder, cache: join(folder, "cache") });
  } finally {
    removeTree(folder);
  }
}

function layout(
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

function unpack(
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

function rootfs(answer: ImageAnswer): string {
  assert.equal(answer.failure, undefined);
  return answer.image?.rootfs ?? "";
}

function names(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

const dir = (name: string, more: Partial<TarEntry> = {}): TarEntry => ({
  name,
  type: "5",
  mode: 0o755,
  ...more,
});
const link = (name: string, target: string): TarEntry => ({ name, type: "2", link: target });
const hard = (name: string, target: string): TarEntry => ({ name, type: "1", link: target });

test("an absolute symlink is kept, and a file through it lands inside the root", async () => {
  await withBench(async (bench) => {
    const outside = join(bench.folder, "outside");
    mkdirSync(outside);
    const root = rootfs(
      await unpack(bench, [
        [
          link("out", outside),
          { name: "out/file", content: "in" },
          link("etc", "/real"),
          dir("real"),
        ],
        [
          { name: "etc/deep/file", content: "in" },
          link("loop", "up/../up2"),
          link("up", "../../.."),
        ],
        [{ name: "up/climbed", content: "in" }],
      ]),
    );
    assert.deepEqual(names(outside), []);
    assert.equal(readlinkSync(join(root, "out")), outside);
    assert.equal(readFileSync(join(root, outside, "file"), "utf8"), "in");
    assert.equal(readFileSync(join(root, "real/deep/file"), "utf8"), "in");
    assert.equal(readFileSync(join(root, "climbed"), "utf8"), "in");
  });
});

test("names with .. and absolute names stay inside", async () => {
  await withBench(async (bench) => {
    const root = rootfs(
      await unpack(bench, [
        [
          { name: "../../escaped", content: "1" },
          { name: "/absolute", content: "2" },
          { name: "a/../../b", content: "3" },
          dir(".."),
          dir("./"),
          { name: "dir/..", type: "5" },
        ],
      ]),
    );
    assert.deepEqual(names(root), ["absolute", "b", "escaped"]);
    assert.deepEqual(names(bench.folder), ["cache", "layout"]);
    assert.equal(lstatSync(root).mode & 0o7777, 0o755);
  });
});

test("a file that replaces a symlink does not write through it", async () => {
  await withBench(async (bench) => {
    const victim = join(bench.folder, "victim");
    writeFileSync(victim, "untouched");
    const root = rootfs(
      await unpack(bench, [
        [link("x", victim), { name: "x", content: "new" }],
        [link("y", victim)],
        [{ name: "y", content: "new", mode: 0o4777 }],
      ]),
    );
    assert.equal(readFileSync(victim, "utf8"), "untouched");
    assert.equal(readFileSync(join(root, "x"), "utf8"), "new");
    assert.equal(statSync(victim).mode & 0o7777, 0o644);
  });
});

test("a hard link reaches no file outside, and none through a symlink", async () => {
  await withBench(async (bench) => {
    for (const target of ["../../../../etc/passwd", "/etc/passwd", "etcetera/passwd"]) {
      const answer = await unpack(bench, [[link("etcetera", "/etc"), hard("stolen", target)]]);
      assert.equal(answer.failure?.reason, "ErrImagePull");
      assert.match(answer.failure?.message ?? "", /no such file or directory$/);
    }
    assert.deepEqual(names(join(bench.cache, "tmp")), []);
    assert.deepEqual(names(join(bench.cache, "layers")), []);
  });
});

test("whiteouts: files, folders, opaque folders, and names that would climb", async () => {
  await withBench(async (bench) => {
    const lower: TarEntry[] = [
      dir("keep"),
      { name: "keep/a", content: "a" },
      { name: "keep/b", content: "b" },
      dir("gone"),
      { name: "gone/deep/c", content: "c" },
      dir("opaque"),
      { name: "opaque/old", content: "o" },
      { name: "opaque/sub/old", content: "o" },
      { name: "file", content: "f" },
    ];
    const upper: TarEntry[] = [
      { name: "keep/.wh.a" },
      { name: ".wh.gone" },
      { name: "opaque/sub/new", content: "n" },
      { name: "opaque/.wh..wh..opq" },
      { name: "opaque/new", content: "n" },
      { name: ".wh..wh.plnk" },
      { name: ".wh.nothing" },
      { name: "missing/.wh.x" },
      { name: "file", content: "again" },
      { name: ".wh.file" },
    ];
    const root = rootfs(await unpack(bench, [lower, upper]));
    assert.deepEqual(names(root), ["file", "keep", "opaque"]);
    assert.deepEqual(names(join(root, "keep")), ["b"]);
    assert.deepEqual(names(join(root, "opaque")), ["new", "sub"]);
    assert.deepEqual(names(join(root, "opaque/sub")), ["new"]);
    assert.equal(readFileSync(join(root, "file"), "utf8"), "again");
    for (const name of [".wh...", ".wh..", ".wh."]) {
      const answer = await unpack(bench, [[dir("a")], [{ name: `a/${name}` }]]);
      assert.match(answer.failure?.message ?? "", /invalid whiteout name: "\.wh\.\.{0,2}"$/);
    }
  });
});

test("device nodes are left out with a note, fifos are made, sockets and sparse files refused", async () => {
  await withBench(async (bench) => {
    const answer = await unpack(bench, [
      [
        { name: "null", type: "3", major: 1, minor: 3 },
        { name: "disk", type: "4", major: 8, minor: 0 },
        { name: "pipe", type: "6", mode: 0o640, mtime: 5 },
      ],
    ]);
    const root = rootfs(answer);
    assert.deepEqual(names(root), ["pipe"]);
    assert.ok(lstatSync(join(root, "pipe")).isFIFO());
    assert.equal(lstatSync(join(root, "pipe")).mode & 0o7777, 0o640);
    assert.match(answer.image?.notes[0] ?? "", /^device nodes left out: "null", "disk"$/);
    const sparse = await unpack(bench, [[{ name: "s", type: "S" }]]);
    assert.match(sparse.failure?.message ?? "", /: sparse files are not supported$/);
    const odd = await unpack(bench, [[{ name: "s", type: "Z" }]]);
    assert.match(odd.failure?.message ?? "", /: unhandled tar header type 90$/);
  });
});

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

test("names that are no UTF-8, long names, deep folders and setuid bits survive", {
  skip: process.getuid?.() === 0 ? false : "needs root: owners are set",
}, async () => {
  await withBench(async (bench) => {
    const long = `${"d".repeat(200)}/${"f".repeat(200)}`;
    const answer = await unpack(bench, [
      [
        { name: "caf\xe9\xff", content: "latin" },
        { name: long, content: "long" },
        { name: "suid", mode: 0o6755, uid: 1000, gid: 2000, mtime: 1_600_000_000 },
        dir("sticky", { mode: 0o3777, uid: 7, gid: 8, mtime: 1_500_000_000 }),
        { name: "sticky/inside" },
        { ...hard("suid2", "suid"), mode: 0o6755, uid: 1000, gid: 2000 },
        { name: "far", uid: 4_000_000_000, gid: 1 },
        link("dangling", "nowhere"),
      ],
    ]);
    const root = rootfs(answer);
    const bytes = readdirSync(root, { encoding: "buffer" }).map((name) => name.toString("latin1"));
    assert.ok(bytes.includes("caf\xe9\xff"));
    assert.equal(readFileSync(join(root, long), "utf8"), "long");
    const suid = statSync(join(root, "suid"));
    assert.deepEqual(
      [suid.mode & 0o7777, suid.uid, suid.gid, suid.mtimeMs, suid.nlink],
      [0o6755, 1000, 2000, 0, 2],
    );
    const sticky = statSync(join(root, "sticky"));
    assert.deepEqual(
      [sticky.mode & 0o7777, sticky.uid, sticky.gid, sticky.mtimeMs],
      [0o3777, 7, 8, 1_500_000_000_000],
    );
    assert.equal(statSync(join(root, "sticky/inside")).gid, 0);
    assert.equal(statSync(join(root, "far")).uid, 4_000_000_000);
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

test("whatever bytes come, the reader ends with an answer or a known error", () => {
  const wellFormed = tar([
    { name: "a", content: "x".repeat(600), xattrs: { "user.x": Buffer.from([0, 1, 10, 255]) } },
    dir("b".repeat(150)),
  ]);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(wellFormed.length - 1), fc.nat(255)), { maxLength: 8 }),
      fc.integer({ min: 1, max: 700 }),
      fc.nat(wellFormed.length),
      (changes, step, end) => {
        const data = Buffer.from(wellFormed.subarray(0, end));
        for (const [at, byte] of changes) if (at < data.length) data[at] = byte;
        let bytes = 0;
        const reader = tarReader({
          entry: () => undefined,
          content: (chunk) => {
            bytes += chunk.length;
          },
          entryEnd: () => undefined,
        });
        try {
          for (let at = 0; at < data.length; at += step) reader.push(data.subarray(at, at + step));
          reader.end();
        } catch (error) {
          assert.equal((error as Error).constructor.name, "TarError");
        }
        assert.ok(bytes <= data.length);
      },
    ),
    { numRuns: 500 },
  );
});
