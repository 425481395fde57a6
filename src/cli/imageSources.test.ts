import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "./errors.ts";
import { checkSourcesAreThere, imageSources } from "./imageSources.ts";

test("a source keeps all that stands behind the first `=`", () => {
  const image = ["app:1=docker-archive:a=b.tar", "b=registry.example/b:1"];
  const sources = { "app:1": "docker-archive:a=b.tar", b: "registry.example/b:1" };
  assert.deepEqual(imageSources({ image }), sources);
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
