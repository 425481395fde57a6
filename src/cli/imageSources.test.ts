import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { UsageError } from "./errors.ts";
import { checkSourcesAreThere, imageSources } from "./imageSources.ts";

test("a source keeps all that stands behind the first `=`", () => {
  const image = ["app:1=docker-archive:a=b.tar", "b=registry.example/b:1"];
  const sources = { "app:1": "docker-archive:a=b.tar", b: "registry.example/b:1" };
  assert.deepEqual(imageSources({ image }), sources);
});

test("a layout offers all that it names, or the one that is told", () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-layout-"));
  try {
    const manifests = ["app:1", "web"].map((name) => ({
      annotations: { "org.opencontainers.image.ref.name": name },
    }));
    writeFileSync(join(folder, "index.json"), JSON.stringify({ manifests }));
    const app = { "app:1": `oci:${folder}:app:1` };
    const all = { ...app, web: `oci:${folder}:web` };
    assert.deepEqual(imageSources({ image: [`oci:${folder}`] }), all);
    assert.deepEqual(imageSources({ image: [`oci:${folder}:app:1`] }), app);
    assert.throws(
      () => imageSources({ image: [`oci:${folder}:app`] }),
      new UsageError(`--image oci:${folder}:app: the layout at ${folder} names app:1, web`),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const WRONG: readonly (readonly [text: string, message: string])[] = [
  ["app", "--image app: write it as REF=SOURCE, or oci:PATH for all of a layout"],
  [
    "app:1=/tmp/x",
    "--image app:1=/tmp/x: say what is there: dir:/tmp/x, oci:/tmp/x, oci-archive:/tmp/x or docker-archive:/tmp/x",
  ],
  [
    "app:1=./x.tar",
    "--image app:1=./x.tar: say what is there: dir:./x.tar, oci:./x.tar, oci-archive:./x.tar or docker-archive:./x.tar",
  ],
];

for (const [text, message] of WRONG) {
  test(`no source: ${text}`, () => {
    assert.throws(() => imageSources({ image: [text] }), new UsageError(message));
  });
}

test("what is told to lie on this machine has to be there", () => {
  assert.doesNotThrow(() => checkSourcesAreThere({ a: "dir:/", b: "docker://a/b:1", c: "c:1" }));
  for (const source of ["dir:/missing", "oci:/missing", "docker-archive:/missing"]) {
    assert.throws(
      () => checkSourcesAreThere({ x: source }),
      new UsageError(`--image x=${source}: no such file or folder: /missing`),
    );
  }
  assert.throws(
    () => checkSourcesAreThere({ x: "oci:/missing:app:1" }),
    new UsageError("--image x=oci:/missing:app:1: no such file or folder: /missing:app"),
  );
});
