// Images from every kind of source that this machine can serve, and the words of the kubelet.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { withFolder, writeImage } from "../../test/imageBench.ts";
import { writeDemoImages } from "../../tools/demoImages.ts";
import { findProgram } from "../node/programs.ts";
import {
  ensureImageExists,
  goDuration,
  imageFacts,
  listImages,
  pruneImages,
  removeImage,
} from "./images.ts";

const ROOT = process.getuid?.() === 0;
const NEEDS_ROOT = { skip: ROOT ? false : "needs root: owners and file capabilities are set" };

function sameTree(left: string, right: string): void {
  const listing = (folder: string): string =>
    execFileSync("find", [".", "-printf", "%p %y %m %U %G %s %l\\n"], {
      cwd: folder,
      encoding: "utf8",
    });
  assert.equal(listing(left), listing(right));
}

test(
  "the demo images: setuid and file capabilities, users, one root for all of one kind",
  NEEDS_ROOT,
  async () => {
    await withFolder(async (folder, cacheDirectory) => {
      const layout = join(folder, "demo");
      assert.equal(writeDemoImages(layout), true);
      assert.equal(writeDemoImages(layout), false);
      const options = {
        cacheDirectory,
        sources: {
          "demo/busybox": `oci:${layout}`,
          "demo/busybox:uapp": `oci:${layout}`,
          plain: `oci:${layout}:demo/nopasswd:u1000`,
        },
      };
      const unset = await ensureImageExists("demo/busybox", "IfNotPresent", options);
      const app = await ensureImageExists("demo/busybox:uapp", "IfNotPresent", options);
      const plain = await ensureImageExists("plain", "Never", options);
      assert.equal(unset.image?.config.user, "");
      assert.equal(app.image?.config.user, "app");
      assert.equal(app.image?.rootfs, unset.image?.rootfs);
      assert.notEqual(app.image?.digest, unset.image?.digest);
      assert.ok(plain.image !== undefined);
      assert.deepEqual(imageFacts(plain.image), { user: "1000" });
      const root = unset.image?.rootfs ?? "";
      assert.equal(statSync(join(root, "suid/cat")).mode & 0o7777, 0o4755);
      const caps = execFileSync("getcap", ["-r", root], { encoding: "utf8" });
      assert.match(caps, /\/fcap\/cat cap_net_bind_service=ep$/m);
      assert.match(caps, /\/fcapraw\/whoami cap_net_raw=ep$/m);
      const said = execFileSync("chroot", [root, "/bin/busybox", "id", "app"], {
        encoding: "utf8",
      });
      assert.match(said, /^uid=1234\(app\) gid=1234\(app\)/);
      assert.equal(listImages(cacheDirectory).length, 2);
      assert.ok(listImages(cacheDirectory).every(({ inUse }) => inUse));
      assert.deepEqual(pruneImages(0, cacheDirectory), [], "images in use stay");
      assert.equal(removeImage(`oci:${layout}:demo/nopasswd:u1000`, cacheDirectory), false);
    });
  },
);

test(
  "an OCI archive, a docker archive and a compressed one hold the same image",
  NEEDS_ROOT,
  async (t) => {
    if (findProgram("skopeo") === undefined) return t.skip("skopeo is not installed");
    await withFolder(async (folder, cacheDirectory) => {
      const layout = join(folder, "demo");
      writeDemoImages(layout);
      const from = `oci:${layout}:demo/busybox:uapp`;
      const docker = join(folder, "saved.tar");
      const oci = join(folder, "oci.tar");
      execFileSync("skopeo", ["copy", "-q", from, `docker-archive:${docker}:demo/app:1`]);
      execFileSync("skopeo", ["copy", "-q", from, `oci-archive:${oci}:demo/app:1`]);
      writeFileSync(`${docker}.gz`, gzipSync(readFileSync(docker), { level: 1 }));
      const sources = [
        from,
        `docker-archive:${docker}`,
        `docker-archive:${docker}:demo/app:1`,
        `docker-archive:${docker}:@0`,
        `docker-archive:${docker}.gz`,
        `oci-archive:${oci}`,
        `oci-archive:${oci}:demo/app:1`,
      ];
      const roots = new Set<string>();
      for (const [index, source] of sources.entries()) {
        const own = index === 0 ? join(folder, "other") : cacheDirectory;
        const answer = await ensureImageExists("a", "IfNotPresent", {
          cacheDirectory: own,
          sources: { a: source },
        });
        assert.equal(answer.failure, undefined, source);
        assert.equal(answer.image?.config.user, "app", source);
        roots.add(answer.image?.rootfs ?? "");
      }
      const [first = "", second = "", ...more] = [...roots];
      assert.equal(more.length, 0);
      sameTree(first, second);
      const wrong = await ensureImageExists("a", "Always", {
        cacheDirectory,
        sources: { a: `docker-archive:${docker}:demo/app:2` },
      });
      assert.match(
        wrong.failure?.message ?? "",
        /no image "demo\/app:2" in manifest.json: docker.io\/demo\/app:1$/,
      );
      assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
    });
  },
);

test("a plain directory, with and without a config beside it", async () => {
  await withFolder(async (folder) => {
    mkdirSync(join(folder, "root/etc"), { recursive: true });
    writeFileSync(join(folder, "root/etc/passwd"), "a:x:1:1::/:\n");
    const sources = { d: `dir:${folder}/root` };
    const bare = await ensureImageExists("d", "Never", { sources });
    assert.equal(bare.image?.rootfs, join(folder, "root"));
    assert.deepEqual(bare.image && imageFacts(bare.image), { user: "", passwd: "a:x:1:1::/:\n" });
    const config = { User: "a", Env: ["A=b"], Entrypoint: ["/e"], StopSignal: "SIGQUIT" };
    writeFileSync(join(folder, "root.json"), JSON.stringify({ config }));
    const told = await ensureImageExists("d", "Never", { sources });
    assert.equal(told.image?.config.user, "a");
    assert.deepEqual(told.image?.config.entrypoint, ["/e"]);
    assert.equal(told.image?.config.stopSignal, "SIGQUIT");
    writeFileSync(join(folder, "root.json"), "{");
    const broken = await ensureImageExists("d", "Never", { sources });
    assert.deepEqual(broken.failure, {
      reason: "ImageInspectError",
      message: `Failed to inspect image "": ${folder}/root.json is no JSON`,
    });
  });
});

test("the kubelet's words for each policy", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const layout = join(folder, "l");
    const options = { cacheDirectory, sources: { app: `oci:${layout}` } };
    const never = await ensureImageExists("app", "Never", options);
    const message = 'Container image "app" is not present with pull policy of Never';
    assert.deepEqual(never, {
      failure: { reason: "ErrImageNeverPull", message },
      events: [{ type: "Warning", reason: "ErrImageNeverPull", message }],
    });
    const missing = await ensureImageExists("app", "IfNotPresent", options);
    const cause = `rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/app:latest": ${layout}/index.json: no such file`;
    assert.deepEqual(missing, {
      failure: { reason: "ErrImagePull", message: cause },
      events: [
        { type: "Normal", reason: "Pulling", message: 'Pulling image "app"' },
        {
          type: "Warning",
          reason: "Failed",
          message: `Failed to pull image "app": ${cause}`,
        },
      ],
    });
    writeImage(layout, [{ name: "f", content: "12345" }]);
    const always = await ensureImageExists("app", "Always", options);
    assert.equal(always.events[0]?.message, 'Pulling image "app"');
    assert.match(
      always.events[1]?.message ?? "",
      /^Successfully pulled image "app" in (\d+m?s) \(\1 including waiting\)\. Image size: 5 bytes\.$/,
    );
    const present = await ensureImageExists("app", "IfNotPresent", options);
    assert.deepEqual(present.events, [
      {
        type: "Normal",
        reason: "Pulled",
        message: 'Container image "app" already present on machine and can be accessed by the pod',
      },
    ]);
    const odd = await ensureImageExists("App", "Never", options);
    assert.equal(odd.failure?.reason, "InvalidImageName");
    assert.equal(
      odd.failure?.message,
      `Failed to apply default image tag "App": couldn't parse image name "App": invalid reference format: repository name (library/App) must be lowercase`,
    );
  });
});

test("durations as Go prints them", () => {
  const rows: readonly [number, string][] = [
    [0.4, "0s"],
    [12.9, "12ms"],
    [1234, "1.234s"],
    [2000, "2s"],
    [62_500, "1m2.5s"],
    [3_600_000, "1h0m0s"],
  ];
  for (const [milliseconds, text] of rows) assert.equal(goDuration(milliseconds), text);
});
