// Images from every kind of source that this machine can serve, the cache, runs side by side, and runs that are killed.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { writeDemoImages } from "../../tools/demoImages.ts";
import { writeLayer, writeLayout } from "../../tools/ociLayout.ts";
import { type TarEntry, tar } from "../../tools/tarWriter.ts";
import { findProgram } from "../node/programs.ts";
import { removeTree } from "../node/removeTree.ts";
import {
  ensureImageExists,
  goDuration,
  imageFacts,
  listImages,
  pruneImages,
  removeImage,
} from "./images.ts";

const DOOR = fileURLToPath(new URL("./images.ts", import.meta.url));
const ROOT = process.getuid?.() === 0;
const NEEDS_ROOT = { skip: ROOT ? false : "needs root: owners and file capabilities are set" };

async function withFolder(use: (folder: string, cache: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "secctx-images-"));
  try {
    await use(folder, join(folder, "cache"));
  } finally {
    removeTree(folder);
  }
}

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
    const cause = `failed to pull and unpack image "docker.io/library/app:latest": ${layout}/index.json: no such file`;
    assert.deepEqual(missing, {
      failure: { reason: "ErrImagePull", message: cause },
      events: [
        { type: "Normal", reason: "Pulling", message: 'Pulling image "app:latest"' },
        {
          type: "Warning",
          reason: "Failed",
          message: `Failed to pull image "app:latest": ${cause}`,
        },
      ],
    });
    writeImage(layout, [{ name: "f", content: "12345" }]);
    const always = await ensureImageExists("app", "Always", options);
    assert.equal(always.events[0]?.message, 'Pulling image "app:latest"');
    assert.match(
      always.events[1]?.message ?? "",
      /^Successfully pulled image "app:latest" in (\d+m?s) \(\1 including waiting\)\. Image size: 5 bytes\.$/,
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

function writeImage(layout: string, entries: readonly TarEntry[]): void {
  const layers = [writeLayer(layout, tar(entries))];
  writeLayout(layout, [{ name: "only", layers, config: {} }]);
}

test("a source that changes gives its new image; one that only looks new gives the old", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const layout = join(folder, "l");
    const options = { cacheDirectory, sources: { app: `oci:${layout}` } };
    const text = async (): Promise<string> => {
      const { image } = await ensureImageExists("app", "IfNotPresent", options);
      return readFileSync(join(image?.rootfs ?? "", "f"), "utf8");
    };
    writeImage(layout, [{ name: "f", content: "one" }]);
    assert.equal(await text(), "one");
    writeImage(layout, [{ name: "f", content: "two" }]);
    assert.equal(await text(), "two");
    utimesSync(join(layout, "index.json"), 1, 1);
    assert.equal(await text(), "two");
    assert.equal(listImages(cacheDirectory).length, 2);
  });
});

test("a broken cache heals itself", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const layout = join(folder, "l");
    const options = { cacheDirectory, sources: { app: `oci:${layout}` } };
    writeImage(layout, [{ name: "f", content: "one" }]);
    const first = await ensureImageExists("app", "Always", options);
    const root = first.image?.rootfs ?? "";
    for (const damage of [
      () => writeFileSync(join(root, "../layers.json"), "{"),
      () => writeFileSync(join(root, "../layers.json"), '{"version":0}'),
      () => removeTree(join(root, "..")),
      () => {
        for (const name of readdirSync(join(cacheDirectory, "sources"))) {
          writeFileSync(join(cacheDirectory, "sources", name), "null");
        }
      },
    ]) {
      damage();
      const again = await ensureImageExists("app", "IfNotPresent", options);
      assert.equal(again.failure, undefined);
      assert.equal(readFileSync(join(again.image?.rootfs ?? "", "f"), "utf8"), "one");
    }
    assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
  });
});

/** A process of its own that asks for the image and says where it lies. */
function asker(cache: string, layout: string): ReturnType<typeof spawn> {
  const code = `import(${JSON.stringify(DOOR)}).then(async ({ ensureImageExists }) => {
    const { image, failure } = await ensureImageExists("app", "IfNotPresent", {
      cacheDirectory: ${JSON.stringify(cache)}, sources: { app: ${JSON.stringify(`oci:${layout}`)} } });
    console.log(failure?.message ?? image.rootfs);
  });`;
  return spawn(process.execPath, ["--import", "tsx", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
}

async function answerOf(child: ReturnType<typeof spawn>): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout ?? []) text += chunk;
  return text.trim();
}

const MANY: readonly TarEntry[] = Array.from({ length: 6000 }, (_, at) => ({
  name: `d${at % 50}/f${at}`,
  content: `file ${at}`,
}));

test("three runs at once share one unpacking, and nothing of theirs is left", async () => {
  await withFolder(async (folder, cache) => {
    const layout = join(folder, "l");
    writeImage(layout, MANY);
    const answers = await Promise.all([1, 2, 3].map(() => answerOf(asker(cache, layout))));
    assert.equal(new Set(answers).size, 1);
    assert.equal(readdirSync(join(answers[0] ?? "")).length, 50);
    assert.deepEqual(readdirSync(join(cache, "tmp")), []);
    assert.deepEqual(readdirSync(join(answers[0] ?? "", "../held")), []);
    assert.equal(pruneImages(0, cache).length, 1);
    assert.deepEqual(readdirSync(join(cache, "layers")), []);
    assert.deepEqual(readdirSync(join(cache, "sources")), []);
  });
});

test("kill -9 in the middle: the next run finds the leftover, removes it and unpacks anew", async () => {
  await withFolder(async (folder, cache) => {
    const layout = join(folder, "l");
    writeImage(layout, MANY);
    const victim = asker(cache, layout);
    const ended = new Promise((resolve) => victim.on("exit", resolve));
    const begun = join(cache, "tmp");
    for (let waited = 0; waited < 1000 && !hasBegun(begun); waited++) await setTimeout(5);
    victim.kill("SIGKILL");
    await ended;
    assert.equal(readdirSync(begun).length, 1, "killed too late: make the image larger");
    assert.equal(existsSync(join(cache, "layers")), false);
    const root = await answerOf(asker(cache, layout));
    assert.equal(readdirSync(root).length, 50);
    assert.deepEqual(readdirSync(begun), []);
  });
});

function hasBegun(tmp: string): boolean {
  if (!existsSync(tmp)) return false;
  const [name] = readdirSync(tmp);
  return name !== undefined && existsSync(join(tmp, name, "rootfs/d7"));
}

test("an abort stops the unpacking and leaves nothing", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const layout = join(folder, "l");
    writeImage(layout, MANY);
    const stop = new AbortController();
    const asked = ensureImageExists("app", "IfNotPresent", {
      cacheDirectory,
      sources: { app: `oci:${layout}` },
      signal: stop.signal,
    });
    stop.abort();
    await assert.rejects(asked, { name: "AbortError" });
    assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
  });
});

test("a full disk is one sentence, and nothing is left", {
  skip: ROOT ? false : "needs root: a small tmpfs is mounted",
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-images-"));
  const layout = join(folder, "l");
  mkdirSync(join(folder, "small"));
  writeImage(layout, [{ name: "big", content: Buffer.alloc(3 << 20, "x") }]);
  const code = `import(${JSON.stringify(DOOR)}).then(async ({ ensureImageExists }) => {
    const { failure } = await ensureImageExists("app", "IfNotPresent", {
      cacheDirectory: ${JSON.stringify(join(folder, "small/cache"))}, sources: { app: ${JSON.stringify(`oci:${layout}`)} } });
    console.log(failure?.message, require("node:fs").readdirSync(${JSON.stringify(join(folder, "small/cache/tmp"))}).length);
  });`;
  const { stdout } = spawnSync(
    "unshare",
    [
      "-m",
      "sh",
      "-c",
      'mount -t tmpfs -o size=1m none "$0" && exec "$1" --import tsx -e "$2"',
      join(folder, "small"),
      process.execPath,
      code,
    ],
    { encoding: "utf8", cwd: fileURLToPath(new URL("../..", import.meta.url)) },
  );
  removeTree(folder);
  assert.match(stdout, /ENOSPC: no space left on device, write 0\n$/);
});

test("prune: leftovers of the dead, the longest unused first, down to a size", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    for (const [at, size] of [3000, 2000, 1000].entries()) {
      const layout = join(folder, `l${at}`);
      writeImage(layout, [{ name: "f", content: Buffer.alloc(size, String(at)) }]);
      const answer = await ensureImageExists("a", "Always", {
        cacheDirectory,
        sources: { a: `oci:${layout}` },
      });
      const own = join(answer.image?.rootfs ?? "", "..");
      // As if a run of yesterday had used them.
      renameSync(join(own, "held"), join(folder, `held${at}`));
      mkdirSync(join(own, "held"));
      writeFileSync(join(own, "held", `999999-1-${pidNamespace()}`), "");
      utimesSync(own, 1000 + at, 1000 + at);
    }
    mkdirSync(join(cacheDirectory, "tmp", `unpack-x.999999-1-${pidNamespace()}`), {
      recursive: true,
    });
    const left = pruneImages(3500, cacheDirectory);
    assert.deepEqual(
      left.map(({ size }) => size),
      [3000],
    );
    assert.deepEqual(readdirSync(join(cacheDirectory, "tmp")), []);
    assert.deepEqual(
      listImages(cacheDirectory).map(({ size }) => size),
      [1000, 2000],
    );
    const [newest] = listImages(cacheDirectory);
    assert.equal(removeImage(newest?.images[0]?.digest ?? "", cacheDirectory), true);
    assert.throws(
      () => removeImage("sha256:dead", cacheDirectory),
      /^Error: no image sha256:dead in /,
    );
    assert.equal(pruneImages(0, cacheDirectory).length, 1);
  });
});

function pidNamespace(): string {
  return execFileSync("readlink", ["/proc/self/ns/pid"], { encoding: "utf8" }).replace(/\D/g, "");
}

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
