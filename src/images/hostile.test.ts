// Images made to break out, to lie or to fill the disk: unpacked inside their root or refused, and nothing is left.
import assert from "node:assert/strict";
import { lstatSync, mkdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dir, hard, link, names, rootfs, unpack, withBench } from "../../test/imageBench.ts";

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
