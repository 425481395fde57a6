import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { EngineError } from "../node/errors.ts";
import { withImageArchive } from "./imageArchive.ts";

const rootfs = mkdtempSync(join(tmpdir(), "secctx-rootfs-"));
after(() => rmSync(rootfs, { recursive: true }));
writeFileSync(join(rootfs, "tool"), "x");
chmodSync(join(rootfs, "tool"), 0o4755);

function member(file: string, name: string): Buffer {
  return execFileSync("tar", ["-xOf", file, name]);
}

test("manifest, config and layer fit, and the archive is gone afterwards", async () => {
  let seen = "";
  await withImageArchive({ rootfs, name: "a.example/b:1", config: { User: "7" } }, async (file) => {
    seen = file;
    const [manifest] = JSON.parse(member(file, "manifest.json").toString());
    assert.deepEqual(manifest.RepoTags, ["a.example/b:1"]);
    const config = JSON.parse(member(file, manifest.Config).toString());
    const layer = member(file, manifest.Layers[0]);
    const digest = createHash("sha256").update(layer).digest("hex");
    assert.deepEqual(config.rootfs, { type: "layers", diff_ids: [`sha256:${digest}`] });
    assert.equal(config.config.User, "7");
    const list = execFileSync("tar", ["-tvf", "-"], { input: layer, encoding: "utf8" });
    assert.match(list, /^-rwsr-xr-x .* \.\/tool$/m);
  });
  assert.equal(existsSync(seen), false);
});

test("the same root filesystem makes the same bytes", async () => {
  const digests = [];
  for (const _ of [1, 2]) {
    digests.push(
      await withImageArchive({ rootfs, config: {} }, async (file) =>
        createHash("sha256").update(member(file, "layer.tar")).digest("hex"),
      ),
    );
  }
  assert.equal(digests[0], digests[1]);
});

test("what tar says when there is nothing to read", async () => {
  const image = { rootfs: join(rootfs, "none"), config: {} };
  await assert.rejects(
    withImageArchive(image, async () => {}),
    (error) => error instanceof EngineError && /none: Cannot open/.test(error.message),
  );
});
