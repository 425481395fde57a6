// The user of an image by its config alone: a registry that speaks HTTP, asked by the real skopeo, and what is kept of it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { withFolder } from "../../test/imageBench.ts";
import { findProgram } from "../node/programs.ts";
import { ImageError } from "./image.ts";
import { inspectImage } from "./inspectImage.ts";

const skip = findProgram("skopeo") === undefined ? "skopeo is not installed" : false;
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** Serves images `user-NAME:1` whose USER is NAME; counts the requests for manifests. */
async function registry(t: TestContext, folder: string) {
  const blobs = new Map<string, string>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [, name = "", what = "", reference = ""] =
      /^\/v2\/(?:user-)?([\w.-]*)\/(manifests|blobs)\/(.+)$/.exec(request.url ?? "") ?? [];
    if (request.url === "/v2/") return void response.end("{}");
    if (what === "manifests" && name !== "gone") {
      asked.push(name);
      const config = JSON.stringify({
        architecture: "amd64",
        os: "linux",
        config: name === "none" ? {} : { User: name },
        rootfs: { type: "layers", diff_ids: [] },
      });
      blobs.set(digestOf(config), config);
      const mediaType = "application/vnd.oci.image.config.v1+json";
      const text = JSON.stringify({
        schemaVersion: 2,
        mediaType: MANIFEST,
        config: { mediaType, digest: digestOf(config), size: config.length },
        layers: [],
      });
      response.setHeader("Content-Type", MANIFEST);
      return void response.end(text);
    }
    const blob = blobs.get(reference);
    response.statusCode = blob === undefined ? 404 : 200;
    response.end(blob ?? JSON.stringify({ errors: [{ code: "MANIFEST_UNKNOWN" }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(join(folder, ".config/containers"), { recursive: true });
  const config = join(folder, ".config/containers/registries.conf");
  writeFileSync(config, `[[registry]]\nlocation = "${host}"\ninsecure = true\n`);
  const before = process.env["HOME"];
  process.env["HOME"] = folder;
  t.after(() => {
    server.close();
    if (before === undefined) delete process.env["HOME"];
    else process.env["HOME"] = before;
  });
  return { host, asked };
}

test("the USER, or none; a tag is asked again after a day", { skip }, async (t) => {
  await withFolder(async (folder, cacheDirectory) => {
    const { host, asked } = await registry(t, folder);
    const options = { cacheDirectory };
    assert.deepEqual(await inspectImage(`${host}/user-1000:1`, options), { user: "1000" });
    assert.deepEqual(await inspectImage(`${host}/user-none:1`, options), { user: "" });
    assert.deepEqual(await inspectImage(`${host}/user-1000:1`, options), { user: "1000" });
    assert.equal(asked.filter((name) => name === "1000").length, 1);
    const tomorrow = { ...options, now: Date.now() + 25 * 60 * 60 * 1000 };
    assert.deepEqual(await inspectImage(`${host}/user-1000:1`, tomorrow), { user: "1000" });
    assert.equal(asked.filter((name) => name === "1000").length, 2);
  });
});

test("an image that there is not: skopeo's words", { skip }, async (t) => {
  await withFolder(async (folder, cacheDirectory) => {
    const { host } = await registry(t, folder);
    await assert.rejects(inspectImage(`${host}/gone:1`, { cacheDirectory }), (error) => {
      assert.ok(error instanceof ImageError);
      assert.match(error.message, /manifest unknown|reading manifest/i);
      return true;
    });
  });
});
