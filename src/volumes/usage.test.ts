import assert from "node:assert/strict";
import { linkSync, mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { removeTree } from "../node/removeTree.ts";
import { diskUsage } from "./usage.ts";

test("each file once, no symlink followed, names of any bytes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-usage-"));
  try {
    const volume = join(folder, "volume");
    mkdirSync(join(volume, "sub"), { recursive: true });
    writeFileSync(join(folder, "outside"), Buffer.alloc(1 << 20));
    const file = join(volume, "sub/file");
    writeFileSync(file, Buffer.alloc(100_000, "x"));
    linkSync(file, join(volume, "again"));
    symlinkSync(folder, join(volume, "out"));
    symlinkSync("../outside", join(volume, "file"));
    writeFileSync(Buffer.concat([Buffer.from(`${volume}/`), Buffer.from([0xff, 0xfe])]), "");
    const size = await diskUsage(volume);
    const least = BigInt(statSync(file).blocks * 512);
    assert.ok(size >= least, `${size} bytes`);
    assert.ok(size < 2n * least, `${size} bytes: the second name counts again`);
    assert.equal(await diskUsage(join(folder, "none")), 0n);
  } finally {
    removeTree(folder);
  }
});
