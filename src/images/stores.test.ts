// Images that other programs keep: a registry, podman's storage (written by the real skopeo), and a Docker daemon played by a small server.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { withFolder, writeImage } from "../../test/imageBench.ts";
import { findProgram } from "../node/programs.ts";
import { ensureImageExists } from "./images.ts";
import { complaint } from "./skopeo.ts";

const NEEDS_ROOT = { skip: process.getuid?.() === 0 ? false : "needs root" };

function withEnvironment(t: TestContext, values: Readonly<Record<string, string>>): void {
  const before = { ...process.env };
  Object.assign(process.env, values);
  t.after(() => {
    process.env = before;
  });
}

function missing(t: TestContext, program: string): boolean {
  if (findProgram(program) !== undefined) return false;
  t.skip(`${program} is not installed`);
  return true;
}

test("a registry that does not answer: skopeo's reason in the kubelet's words", async (t) => {
  if (missing(t, "skopeo")) return;
  await withFolder(async (_, cacheDirectory) => {
    const answer = await ensureImageExists("127.0.0.1:1/app:1", "Always", { cacheDirectory });
    assert.equal(answer.failure?.reason, "ErrImagePull");
    assert.match(
      answer.failure?.message ?? "",
      /^rpc error: code = Unknown desc = failed to pull and unpack image "127\.0\.0\.1:1\/app:1": .*connection refused/,
    );
    const first = await ensureImageExists("127.0.0.1:1/app:1", "IfNotPresent", { cacheDirectory });
    assert.match(first.events[1]?.message ?? "", /^Failed to pull image "127.0.0.1:1\/app:1": /);
    const never = await ensureImageExists("127.0.0.1:1/app:1", "Never", { cacheDirectory });
    assert.equal(never.failure?.reason, "ErrImageNeverPull");
    assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
  });
});

test("a reference alone is found in the container storage of this user", NEEDS_ROOT, async (t) => {
  if (missing(t, "skopeo")) return;
  await withFolder(async (folder, cacheDirectory) => {
    const config = join(folder, "storage.conf");
    writeFileSync(
      config,
      `[storage]\ndriver = "vfs"\ngraphroot = "${folder}/graph"\nrunroot = "${folder}/run"\n`,
    );
    withEnvironment(t, { CONTAINERS_STORAGE_CONF: config, STORAGE_DRIVER: "vfs" });
    writeImage(join(folder, "l"), [{ name: "f", content: "stored", mode: 0o4755 }]);
    const target = "containers-storage:docker.io/library/stored:latest";
    execFileSync("skopeo", ["copy", "-q", `oci:${folder}/l`, target]);
    const answer = await ensureImageExists("stored", "Never", { cacheDirectory });
    assert.equal(answer.failure, undefined);
    assert.equal(answer.image?.source, target);
    assert.equal(readFileSync(join(answer.image?.rootfs ?? "", "f"), "utf8"), "stored");
    const other = await ensureImageExists("x", "Never", {
      cacheDirectory,
      sources: { x: "containers-storage:other" },
    });
    assert.equal(other.failure?.reason, "ErrImageNeverPull");
  });
});

test("a reference alone is found in the Docker daemon, and fetched once", async (t) => {
  if (missing(t, "skopeo")) return;
  await withFolder(async (folder, cacheDirectory) => {
    writeImage(join(folder, "l"), [{ name: "f", content: "from docker" }]);
    execFileSync("skopeo", ["copy", "-q", `oci:${folder}/l`, `docker-archive:${folder}/saved.tar`]);
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      const isImage = request.url?.includes(encodeURIComponent("docker.io/library/app:1")) === true;
      response.statusCode = isImage ? 200 : 404;
      if (!isImage) response.end(JSON.stringify({ message: "No such image: x" }));
      else if (request.url?.endsWith("/get") === true) {
        response.end(readFileSync(join(folder, "saved.tar")));
      } else response.end(JSON.stringify({ Id: "sha256:0123" }));
    }).listen(join(folder, "docker.sock"));
    t.after(() => server.close());
    withEnvironment(t, { DOCKER_HOST: `unix://${folder}/docker.sock` });
    for (const _ of [1, 2]) {
      const answer = await ensureImageExists("app:1", "IfNotPresent", { cacheDirectory });
      assert.equal(answer.image?.source, "docker-daemon:docker.io/library/app:1");
      assert.equal(readFileSync(join(answer.image?.rootfs ?? "", "f"), "utf8"), "from docker");
    }
    assert.equal(asked.filter((url) => url.endsWith("/get")).length, 1);
    assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
    const none = await ensureImageExists("x", "Never", {
      cacheDirectory,
      sources: { x: "docker-daemon:other" },
    });
    assert.equal(none.failure?.reason, "ErrImageNeverPull");
  });
});

test("an archive compressed with zstd, and one that is cut off", async (t) => {
  if (missing(t, "zstd")) return;
  await withFolder(async (folder, cacheDirectory) => {
    writeImage(join(folder, "l"), [{ name: "f", content: "small" }]);
    execFileSync("skopeo", ["copy", "-q", `oci:${folder}/l`, `docker-archive:${folder}/saved.tar`]);
    execFileSync("zstd", ["-q", `${folder}/saved.tar`]);
    const answer = await ensureImageExists("a", "Always", {
      cacheDirectory,
      sources: { a: `docker-archive:${folder}/saved.tar.zst` },
    });
    assert.equal(answer.failure, undefined);
    writeFileSync(
      join(folder, "cut.zst"),
      readFileSync(`${folder}/saved.tar.zst`).subarray(0, 300),
    );
    const cut = await ensureImageExists("a", "Always", {
      cacheDirectory,
      sources: { a: `docker-archive:${folder}/cut.zst` },
    });
    assert.match(cut.failure?.message ?? "", /zstd: .+$/s);
    assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
  });
});

test("skopeo's last word", () => {
  const rows: readonly [text: string, message: string][] = [
    ['time="2026-01-01T00:00:00Z" level=fatal msg="a \\"b\\" c"\n', 'a "b" c'],
    ['time="x" level=warning msg="w"\ntime="x" level=fatal msg="f"\n', "f"],
    ["plain\n", "plain"],
    ["", ""],
  ];
  for (const [text, message] of rows) assert.equal(complaint(text), message);
});
