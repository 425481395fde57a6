import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutDoubles } from "./sameSource.ts";

const digest = "sha256:1";

test("one image of one place is one, by its name there, at its last use", () => {
  const looked = { source: "oci:/a b docker.io/library/app:1", digest, lastUsed: 3 };
  const named = { source: "oci:/a b:app:1", digest, lastUsed: 1 };
  const other = { source: "oci:/a b:app:2", digest, lastUsed: 2 };
  const both = [{ ...named, lastUsed: 3 }, other];
  assert.deepEqual(withoutDoubles([looked, named, other]), both);
  assert.deepEqual(withoutDoubles([other, named, looked]), both);
});

test("another image, another place or another name stays", () => {
  const looked = { source: "oci:/a docker.io/library/app:1", digest, lastUsed: 5 };
  const others = [
    { source: "oci:/a:app:1", digest: "sha256:2", lastUsed: 4 },
    { source: "oci:/b:app:1", digest, lastUsed: 3 },
    { source: "oci:/a:app:2", digest, lastUsed: 2 },
    { source: "oci:/a:NO REFERENCE", digest, lastUsed: 1 },
    { source: "docker://docker.io/library/app:1", digest, lastUsed: 0 },
  ];
  assert.deepEqual(withoutDoubles([looked, ...others]), [looked, ...others]);
});
