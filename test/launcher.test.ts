// The built command starts with and without its code cache, also with that of another Node.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "secctx-launcher-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const FILES = readdirSync("dist").filter((name) => /^(secctx\.cjs|command\..*)$/.test(name));
const VERSION = JSON.parse(readFileSync("package.json", "utf8")).version;

/** V8 compares these bytes with its own version before it looks at anything else. */
const VERSION_HASH = 4;

const CACHES: readonly [name: string, change: (cache: Buffer) => Buffer | undefined][] = [
  ["its own", (cache) => cache],
  ["none", () => undefined],
  ["empty", () => Buffer.alloc(0)],
  ["half", (cache) => cache.subarray(0, cache.length / 2)],
  [
    "another Node's",
    (cache) => {
      const other = Buffer.from(cache);
      other.writeUInt32LE(~cache.readUInt32LE(VERSION_HASH) >>> 0, VERSION_HASH);
      return other;
    },
  ],
];

for (const [name, change] of CACHES) {
  test(`code cache: ${name}`, () => {
    for (const file of FILES) {
      const to = join(folder, file);
      copyFileSync(join("dist", file), to);
      if (!file.endsWith(".cache")) continue;
      const changed = change(readFileSync(to));
      if (changed === undefined) rmSync(to);
      else writeFileSync(to, changed);
    }
    const before = readdirSync(folder);
    for (const command of [["--version"], ["run", "--help"], ["explain", "--help"]]) {
      const ran = spawnSync(process.execPath, [join(folder, "secctx.cjs"), ...command], {
        encoding: "utf8",
      });
      assert.equal(ran.stderr, "");
      assert.equal(ran.status, 0);
      if (command[0] === "--version") assert.equal(ran.stdout, `${VERSION}\n`);
      else assert.match(ran.stdout, new RegExp(`^Usage: secctx ${command[0]} `));
    }
    assert.deepEqual(readdirSync(folder), before, "a call writes nothing beside the command");
  });
}
