import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { removeTree } from "./removeTree.ts";
import { removeTreeWide } from "./removeTrees.ts";

function folder(): string {
  return mkdtempSync(join(tmpdir(), "secctx-remove-"));
}

const WAYS = { "step by step": removeTree, "side by side": removeTreeWide };

for (const [how, remove] of Object.entries(WAYS)) {
  test(`${how}: everything goes, and what symlinks point to stays`, async () => {
    const kept = folder();
    writeFileSync(join(kept, "file"), "kept");
    const gone = folder();
    mkdirSync(join(gone, "a/b"), { recursive: true });
    writeFileSync(join(gone, "a/b/file"), "");
    symlinkSync(kept, join(gone, "a/link"));
    symlinkSync("/nowhere", join(gone, "broken"));
    writeFileSync(Buffer.concat([Buffer.from(`${gone}/`), Buffer.from([0xff, 0xfe])]), "no text");
    await remove(gone);
    assert.equal(existsSync(gone), false);
    assert.equal(readFileSync(join(kept, "file"), "utf8"), "kept");
    await remove(kept);
    await remove(kept);
  });

  test(`${how}: a symlink given as the folder goes itself`, async () => {
    const kept = folder();
    const link = `${kept}.link`;
    symlinkSync(kept, link);
    await remove(link);
    assert.equal(existsSync(kept), true);
    await remove(kept);
  });

  test(`${how}: folders deeper than a path may be long`, async () => {
    const gone = folder();
    execFileSync("perl", [
      "-e",
      `chdir $ARGV[0]; for (1..60) { my $n = "d" x 200; mkdir $n or die; chdir $n or die }`,
      gone,
    ]);
    await remove(gone);
    assert.equal(existsSync(gone), false);
  });

  test(`${how}: more folders than go at once`, async () => {
    const gone = folder();
    for (let index = 0; index < 300; index += 1) mkdirSync(join(gone, String(index)));
    await remove(gone);
    assert.equal(existsSync(gone), false);
  });
}
