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

function folder(): string {
  return mkdtempSync(join(tmpdir(), "secctx-remove-"));
}

test("everything goes, and what symlinks point to stays", () => {
  const kept = folder();
  writeFileSync(join(kept, "file"), "kept");
  const gone = folder();
  mkdirSync(join(gone, "a/b"), { recursive: true });
  writeFileSync(join(gone, "a/b/file"), "");
  symlinkSync(kept, join(gone, "a/link"));
  symlinkSync("/nowhere", join(gone, "broken"));
  writeFileSync(Buffer.concat([Buffer.from(`${gone}/`), Buffer.from([0xff, 0xfe])]), "no text");
  removeTree(gone);
  assert.equal(existsSync(gone), false);
  assert.equal(readFileSync(join(kept, "file"), "utf8"), "kept");
  removeTree(kept);
  removeTree(kept);
});

test("a symlink given as the folder goes itself", () => {
  const kept = folder();
  const link = `${kept}.link`;
  symlinkSync(kept, link);
  removeTree(link);
  assert.equal(existsSync(kept), true);
  removeTree(kept);
});

test("folders deeper than a path may be long", () => {
  const gone = folder();
  execFileSync("perl", [
    "-e",
    `chdir $ARGV[0]; for (1..60) { my $n = "d" x 200; mkdir $n or die; chdir $n or die }`,
    gone,
  ]);
  removeTree(gone);
  assert.equal(existsSync(gone), false);
});
