// What layers do to each other and to the disk, entry by entry.
import assert from "node:assert/strict";
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dir, hard, link, names, rootfs, unpack, withBench } from "../../test/imageBench.ts";
import type { TarEntry } from "../../tools/tarWriter.ts";

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
