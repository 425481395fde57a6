// The library's example in the README does what it says, with the built library.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const README = fileURLToPath(new URL("../README.md", import.meta.url));
const LIBRARY = new URL("../dist/index.mjs", import.meta.url).href;

const OLD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: app, image: app }]
`;
const TEXT = OLD.replace("image: app", "image: app, securityContext: { privileged: true }");

test("the example of the library runs", async () => {
  const [, example = ""] = /```ts\n([\s\S]*?)```/.exec(readFileSync(README, "utf8")) ?? [];
  const script = example.replace('from "secctx"', `from ${JSON.stringify(LIBRARY)}`);
  assert.notEqual(script, example);
  const head = `const text = ${JSON.stringify(TEXT)};\nconst old = ${JSON.stringify(OLD)};\n`;
  const tail = "\nexport { answers, changes, checked, edits, mended };\n";
  const folder = mkdtempSync(join(tmpdir(), "secctx-readme-"));
  try {
    const file = join(folder, "example.mjs");
    writeFileSync(file, head + script + tail);
    const { answers, changes, checked, edits, mended } = await import(pathToFileURL(file).href);
    assert.equal(answers[0].workload.name, "web");
    assert.equal(checked[0].podSecurity.met, false);
    assert.equal(changes[0].verdict, "more");
    assert.ok(edits.length > 0);
    assert.match(mended, /privileged: false/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
