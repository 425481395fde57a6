import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { UsageError } from "./errors.ts";
import { decodeBroken } from "./inputs/brokenUtf8.ts";
import { replaceFile, writeWhole } from "./replaceFile.ts";

const folder = mkdtempSync(join(tmpdir(), "secctx-replace-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function place(name: string, content: string | Buffer): string {
  const own = join(folder, name);
  mkdirSync(own);
  const path = join(own, "pod.yaml");
  writeFileSync(path, content);
  return path;
}

test("the new text, the old mode, and nothing left beside it", () => {
  const path = place("plain", "a: 1\n");
  chmodSync(path, 0o751);
  const { uid, gid } = statSync(path);
  replaceFile(path, "a: 1\n", "\ufeffa: 2\r\n");
  assert.equal(readFileSync(path, "utf8"), "\ufeffa: 2\r\n");
  assert.deepEqual(
    [statSync(path).mode & 0o7777, statSync(path).uid, statSync(path).gid],
    [0o751, uid, gid],
  );
  assert.deepEqual(readdirSync(join(path, "..")), ["pod.yaml"]);
});

test("what is written for others is new, or keeps mode and owner; a link is written through, a pipe straight", () => {
  const path = place("whole", "old");
  chmodSync(path, 0o640);
  writeWhole(path, "new");
  assert.equal(readFileSync(path, "utf8"), "new");
  assert.equal(statSync(path).mode & 0o7777, 0o640);
  const fresh = join(path, "../fresh.json");
  writeWhole(fresh, "text");
  const link = join(path, "../link.json");
  symlinkSync("fresh.json", link);
  writeWhole(link, "by link");
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(readFileSync(fresh, "utf8"), "by link");
  writeWhole("/dev/null", "text");
  const missing = join(path, "../no/such.json");
  assert.throws(() => writeWhole(missing, ""), {
    message: `cannot write ${missing}: there is no such folder`,
  });
  assert.deepEqual(readdirSync(join(path, "..")).sort(), ["fresh.json", "link.json", "pod.yaml"]);
});

test("a file that holds something else by now is not written", () => {
  const path = place("changed", "a: 9\n");
  assert.throws(() => replaceFile(path, "a: 1\n", "a: 2\n"), {
    message: `${path} has changed meanwhile: it is not written`,
  });
  assert.equal(readFileSync(path, "utf8"), "a: 9\n");
  assert.deepEqual(readdirSync(join(path, "..")), ["pod.yaml"]);
});

test("bytes that are no UTF-8 stay as they were", () => {
  const bytes = (value: string) =>
    Buffer.concat([Buffer.from(`a: ${value}\nb: é😀`), Buffer.from([0xff, 0xc3, 0x0a])]);
  const path = place("bytes", bytes("1"));
  const { text } = decodeBroken(bytes("1"));
  replaceFile(path, text, text.replace("1", "2"));
  assert.deepEqual(readFileSync(path), bytes("2"));
});

test("a symbolic link stays one; it is followed within its folder and no further", () => {
  const path = place("inside", "a: 1\n");
  const link = join(path, "../link.yaml");
  symlinkSync("pod.yaml", link);
  replaceFile(link, "a: 1\n", "a: 2\n");
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(readFileSync(path, "utf8"), "a: 2\n");
  const outside = place("outside", "a: 1\n");
  const leading = join(path, "../out.yaml");
  symlinkSync(outside, leading);
  assert.throws(() => replaceFile(leading, "a: 1\n", "a: 2\n"), UsageError);
  assert.equal(readFileSync(outside, "utf8"), "a: 1\n");
});

test("a name beside it that is taken is not overwritten", () => {
  const path = place("taken", "a: 1\n");
  const temporary = join(path, `../.pod.yaml.secctx-${process.pid}`);
  symlinkSync("/nowhere", temporary);
  assert.throws(() => replaceFile(path, "a: 1\n", "a: 2\n"), UsageError);
  assert.equal(readFileSync(path, "utf8"), "a: 1\n");
});

test("a read-only file is not written, by root neither", () => {
  const path = place("readOnly", "a: 1\n");
  chmodSync(path, 0o444);
  assert.throws(() => replaceFile(path, "a: 1\n", "a: 2\n"), {
    message: `${path} is read-only: it is not written`,
  });
  assert.equal(readFileSync(path, "utf8"), "a: 1\n");
});

test("a file of another owner is written in place, whose owner, mode and inode stay", {
  skip: process.getuid?.() !== 0 && "only root can make such a file",
}, () => {
  const path = place("foreign", "a: 1 # long\n");
  chmodSync(path, 0o666);
  chmodSync(folder, 0o755);
  chmodSync(join(path, ".."), 0o777);
  const before = statSync(path);
  process.seteuid?.(65534);
  try {
    replaceFile(path, "a: 1 # long\n", "a: 2\n");
  } finally {
    process.seteuid?.(0);
  }
  const { uid, gid, mode, ino } = statSync(path);
  assert.deepEqual([uid, gid, mode, ino], [before.uid, before.gid, before.mode, before.ino]);
  assert.equal(readFileSync(path, "utf8"), "a: 2\n");
  assert.deepEqual(readdirSync(join(path, "..")), ["pod.yaml"]);
});

test("a full disk: the file is as it was, and nothing stays beside it", {
  skip: process.getuid?.() !== 0 && "only root can make a small file system",
}, () => {
  const own = join(folder, "full");
  mkdirSync(own);
  const path = join(own, "pod.yaml");
  const replace = `import("./src/cli/replaceFile.ts").then(({ replaceFile }) => {
    try { replaceFile("${path}", "a: 1\\n", "a".repeat(100_000)); } catch (error) { console.log(error.message); }
  })`;
  const script = `mount -t tmpfs -o size=16k secctx-test "$1" && printf 'a: 1\\n' >"$1/pod.yaml" && "$2" --import tsx -e "$3" && cat "$1/pod.yaml" && ls -A "$1"`;
  const words = ["--mount", "--", "sh", "-c", script, "sh", own, process.execPath, replace];
  const { stdout, stderr } = spawnSync("unshare", words, { encoding: "utf8" });
  const said = `cannot write ${path}: no space left on the device`;
  assert.equal(stdout, `${said}\na: 1\npod.yaml\n`, stderr);
});

test("a full disk where the owner cannot be kept: another's file is as it was, and nothing stays beside it", {
  skip: process.getuid?.() !== 0 && "only root can make a small file system",
}, () => {
  const own = join(folder, "fullForeign");
  mkdirSync(own);
  const path = join(own, "pod.yaml");
  // Four pages: one holds the file, three the new text beside it, and none is left for the file to grow.
  const replace = `import("./src/cli/replaceFile.ts").then(({ replaceFile }) => {
    process.seteuid(65534);
    try { replaceFile("${path}", "a".repeat(4096), "b".repeat(12_000)); } catch (error) { console.log(error.message); }
  })`;
  const script = `mount -t tmpfs -o size=16k,mode=777 secctx-test "$1" && head -c 4096 /dev/zero | tr '\\0' a >"$1/pod.yaml" && chmod 666 "$1/pod.yaml" && "$2" --import tsx -e "$3" && tr -s a <"$1/pod.yaml" && stat -c ' %s %u' "$1/pod.yaml" && ls -A "$1"`;
  const words = ["--mount", "--", "sh", "-c", script, "sh", own, process.execPath, replace];
  const { stdout, stderr } = spawnSync("unshare", words, { encoding: "utf8" });
  const said = `cannot write ${path}: no space left on the device`;
  assert.equal(stdout, `${said}\na 4096 0\npod.yaml\n`, stderr);
});
