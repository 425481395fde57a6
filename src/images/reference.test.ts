import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { locate } from "./locate.ts";
import {
  applyDefaultImageTag,
  InvalidReference,
  normalizedReference,
  parseReference,
} from "./reference.ts";
import { parseSource, writeSource } from "./source.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;

test("references with the default tag, and in full", () => {
  const rows: readonly [image: string, tagged: string, full: string][] = [
    ["busybox", "busybox:latest", "docker.io/library/busybox:latest"],
    ["busybox:1.36", "busybox:1.36", "docker.io/library/busybox:1.36"],
    ["demo/app", "demo/app:latest", "docker.io/demo/app:latest"],
    ["localhost/app", "localhost/app:latest", "localhost/app:latest"],
    ["localhost:5000/app", "localhost:5000/app:latest", "localhost:5000/app:latest"],
    ["registry.test/a/b:1", "registry.test/a/b:1", "registry.test/a/b:1"],
    [
      "index.docker.io/busybox",
      "index.docker.io/busybox:latest",
      "docker.io/library/busybox:latest",
    ],
    ["docker.io/busybox", "docker.io/busybox:latest", "docker.io/library/busybox:latest"],
    [`busybox@${DIGEST}`, `busybox@${DIGEST}`, `docker.io/library/busybox@${DIGEST}`],
    [`busybox:1@${DIGEST}`, `busybox:1@${DIGEST}`, `docker.io/library/busybox@${DIGEST}`],
    ["HOST/app", "HOST/app:latest", "HOST/app:latest"],
    ["[::1]:5000/app:x", "[::1]:5000/app:x", "[::1]:5000/app:x"],
    ["a__b/c--d.e_f", "a__b/c--d.e_f:latest", "docker.io/a__b/c--d.e_f:latest"],
  ];
  for (const [image, tagged, full] of rows) {
    assert.equal(applyDefaultImageTag(image), tagged);
    assert.equal(normalizedReference(image), full);
  }
});

test("what is no reference, in the words of the kubelet", () => {
  const rows: readonly [image: string, why: string][] = [
    ["", "invalid reference format"],
    ["Busybox", "invalid reference format: repository name (library/Busybox) must be lowercase"],
    [
      "demo/Busybox:1",
      "invalid reference format: repository name (demo/Busybox) must be lowercase",
    ],
    ["a b", "invalid reference format"],
    ["app:", "invalid reference format"],
    ["app:tag:tag", "invalid reference format"],
    ["-app", "invalid reference format"],
    ["a//b", "invalid reference format"],
    ["a..b", "invalid reference format"],
    [`app@sha256:${"a".repeat(63)}`, "invalid checksum digest length"],
    [`app@sha256:${"A".repeat(64)}`, "invalid checksum digest format"],
    [`app@md5:${"a".repeat(32)}`, "unsupported digest algorithm"],
    ["a".repeat(256), "repository name must not be more than 255 characters"],
    ["x".repeat(100_000), "invalid reference format"],
    [
      "b".repeat(64),
      `invalid repository name (${"b".repeat(64)}), cannot specify 64-byte hexadecimal strings`,
    ],
  ];
  for (const [image, why] of rows) {
    assert.throws(
      () => applyDefaultImageTag(image),
      (error) =>
        error instanceof InvalidReference &&
        error.message === `couldn't parse image name ${JSON.stringify(image)}: ${why}`,
      `${image.slice(0, 80)}: ${why}`,
    );
  }
});

test("sources as people write them", () => {
  const there = new Set(["/img", "/a:b", "/x"]);
  const rows: readonly [text: string, written: string | undefined][] = [
    ["dir:/img/", "dir:/img"],
    ["dir:/a:b", "dir:/a:b"],
    ["oci:/img", "oci:/img"],
    ["oci:/img:app:1", "oci:/img:app:1"],
    ["oci:/a:b:tag", "oci:/a:b:tag"],
    ["oci:/nowhere:tag", "oci:/nowhere:tag"],
    ["oci:/no:where/else", "oci:/no:where/else"],
    ["docker-archive:/x:@0", "docker-archive:/x:@0"],
    ["oci-archive:/x", "oci-archive:/x"],
    ["docker://busybox", "docker://docker.io/library/busybox:latest"],
    ["docker-daemon:app:1", "docker-daemon:docker.io/library/app:1"],
    ["containers-storage:localhost/app", "containers-storage:localhost/app:latest"],
    ["busybox:1", undefined],
    ["docker:5000/app", undefined],
  ];
  for (const [text, written] of rows) {
    const source = parseSource(text, (path) => there.has(path));
    assert.equal(source === undefined ? undefined : writeSource(source), written, text);
  }
  for (const text of ["oci:", "dir:", "docker://UPPER", "ftp://x/y", "not a source"]) {
    assert.throws(() => parseSource(text, () => false), { message: /^--image: / }, text);
  }
});

test("--image is found by any spelling of its reference", async () => {
  const sources = { "docker.io/library/app:latest": "dir:/img", "b:1": "dir:/b" };
  for (const reference of ["app", "app:latest", "docker.io/library/app"]) {
    assert.equal((await locate(reference, sources, () => true)).place, "/img");
  }
  assert.equal((await locate("b:1", sources, () => true)).place, "/b");
  await assert.rejects(
    locate("app", { UPPER: "dir:/x" }, () => true),
    {
      message: /^--image UPPER=dir:\/x: couldn't parse image name/,
    },
  );
});

/** The whole grammar as one expression, as distribution/reference has it. */
const REFERENCE = (() => {
  const component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  const label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
  const domain = `(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
  const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
  return new RegExp(
    `^((?:${domain}/)?${component}(?:/${component})*)(?::(\\w[\\w.-]{0,127}))?(?:@(${digest}))?$`,
  );
})();

test("part by part means what the grammar as a whole does", () => {
  const word = fc.constantFrom(
    "a",
    "B",
    "0",
    "a.b",
    "a__b",
    "a___b",
    "-",
    "[::1]",
    "x".repeat(130),
  );
  const piece = fc.oneof(
    word,
    fc.constantFrom(".", ":", "/", "@", "[", "]", " ", DIGEST, ":1", "é"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      // With a domain nothing is put before it.
      const image = `r.io/${pieces.join("")}`;
      const match = REFERENCE.exec(image);
      let read: unknown = null;
      try {
        const { name, tag, digest } = parseReference(image);
        read = [name, tag, digest];
      } catch (error) {
        assert.ok(error instanceof InvalidReference);
        // What the grammar allows all the same is refused by rules of its own.
        if (!/: invalid reference format$/.test(error.message)) return;
      }
      assert.deepEqual(read, match === null ? null : match.slice(1));
    }),
    { numRuns: 2000 },
  );
});
