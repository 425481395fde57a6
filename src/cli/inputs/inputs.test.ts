// Folders as git sees them, and texts that are none.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { findInputs } from "../inputs.ts";
import { bytesOf, decodeBroken } from "./brokenUtf8.ts";
import { findFiles } from "./findFiles.ts";
import { readText } from "./readText.ts";

function tree(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "secctx-inputs-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function found(folder: string, at = ""): Promise<{ read: string[]; left: string[] }> {
  const { files, leftOut } = await findFiles(join(folder, at));
  const short = (path: string) =>
    resolve(path).slice(folder.length + 1) + (path.endsWith("/") ? "/" : "");
  return { read: files.map(short), left: leftOut.map(({ file }) => short(file)).sort() };
}

test("nested .gitignore files: the deepest speaks last, and a kept file is read", async () => {
  const folder = tree({
    ".git/HEAD": "",
    ".git/info/exclude": "private.yaml\n",
    ".gitignore": "*.json\n/build/\n",
    "a.yaml": "",
    "a.json": "",
    "private.yaml": "",
    "build/b.yaml": "",
    "sub/.gitignore": "!keep.json\ndrop.yaml\n",
    "sub/keep.json": "",
    "sub/drop.yaml": "",
    "sub/build/c.yaml": "",
  });
  try {
    const { read, left } = await found(folder);
    assert.deepEqual(read, ["a.yaml", "sub/build/c.yaml", "sub/keep.json"]);
    assert.deepEqual(left, ["a.json", "build/", "private.yaml", "sub/drop.yaml"]);
    assert.deepEqual((await found(folder, "build")).read, ["build/b.yaml"]);
    assert.deepEqual((await found(folder, "sub")).read, ["sub/build/c.yaml", "sub/keep.json"]);
    assert.deepEqual((await found(folder, "a.json")).read, ["a.json"]);
    assert.deepEqual((await found(folder, "**/*.{json,yaml}")).left, left.map(insideBuild));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** A pattern finds files, no folders. */
function insideBuild(path: string): string {
  return path === "build/" ? "build/b.yaml" : path;
}

test("links are left out, circular ones too; a named one is followed", async () => {
  const folder = tree({ "a.yaml": "kind: Pod\n" });
  try {
    symlinkSync(".", join(folder, "self"));
    symlinkSync("loop.yaml", join(folder, "loop.yaml"));
    symlinkSync("a.yaml", join(folder, "link.yaml"));
    const { read, left } = await found(folder);
    assert.deepEqual(read, ["a.yaml"]);
    assert.deepEqual(left, ["link.yaml", "loop.yaml", "self"]);
    assert.deepEqual((await found(folder, "link.yaml")).read, ["link.yaml"]);
    const [loop] = (await findFiles(join(folder, "loop.yaml"))).errors;
    assert.match(loop?.message ?? "", /: too many levels of symbolic links$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what is no text is told in one sentence", () => {
  const folder = tree({ "a.yaml": "a\0b", "utf16.yaml": "\xff\xfe", "long.yaml": "x".repeat(11) });
  try {
    writeFileSync(join(folder, "utf16.yaml"), Buffer.from("\ufeffkind: Pod", "utf16le"));
    const message = (name: string, limit = 100) => {
      const read = readText(join(folder, name), limit);
      return "message" in read ? read.message.replace(`${folder}/`, "") : read.text;
    };
    assert.equal(message("a.yaml"), "a.yaml is a binary file, no YAML or JSON");
    assert.equal(message("utf16.yaml"), "utf16.yaml is UTF-16; Kubernetes reads UTF-8");
    assert.equal(message("long.yaml", 10), "long.yaml is larger than 10 bytes (--max-file-bytes)");
    assert.equal(message("long.yaml", 11), "x".repeat(11));
    assert.equal(message("gone.yaml"), "cannot read gone.yaml: no such file");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const BROKEN: readonly (readonly [sentence: string, bytes: readonly number[], message: string])[] =
  [
    ["a trailing octet without a lead", [0x61, 0x80], "invalid leading UTF-8 octet"],
    ["a lead without its octets", [0x61, 0xc3, 0x28], "invalid trailing UTF-8 octet"],
    ["cut off", [0x61, 0xe2, 0x82], "incomplete UTF-8 octet sequence"],
    ["overlong", [0x61, 0xc0, 0x80], "invalid length of a UTF-8 sequence"],
    ["a surrogate", [0x61, 0xed, 0xa0, 0x80], "invalid Unicode character"],
    ["behind Unicode", [0x61, 0xf4, 0x90, 0x80, 0x80], "invalid Unicode character"],
  ];
for (const [sentence, bytes, message] of BROKEN) {
  test(`broken UTF-8: ${sentence}`, () => {
    assert.deepEqual(decodeBroken(Buffer.from(bytes)).broken[0], { offset: 1, message });
  });
}

test("whatever bytes a text was read from, they come back", () => {
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(hostile), (parts) => {
      const bytes = Buffer.concat(parts);
      assert.deepEqual(bytesOf(decodeBroken(bytes).text), bytes);
    }),
  );
});

test("a file that is named twice, or found and named, is read once", async () => {
  const folder = tree({ "a.yaml": "", "b.yaml": "" });
  try {
    const [a, b] = [join(folder, "a.yaml"), join(folder, "b.yaml")];
    const { files } = await findInputs([a, join(folder, ".", "a.yaml"), folder, b, "-", "-"]);
    assert.deepEqual(files, [
      { path: a, isNamed: true },
      { path: b, isNamed: true },
      { path: "-", isNamed: true },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
