// Images from a real registry that wants a password, and from a real containerd.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lacksContainerd, startContainerd } from "../../test/daemons.ts";
import { withFolder, writeImage } from "../../test/imageBench.ts";
import {
  lacksRegistry,
  PASSWORD,
  type Registry,
  startRegistry,
  USER,
} from "../../test/registry.ts";
import { ensureImageExists, type ImageAnswer } from "./images.ts";
import { importImage } from "./importImage.ts";

/** The variables for the time of a call. */
async function withEnvironment<T>(
  values: Readonly<Record<string, string>>,
  call: () => Promise<T>,
): Promise<T> {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  try {
    return await call();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function authFile(path: string, { host }: Registry, password: string): string {
  const auth = Buffer.from(`${USER}:${password}`).toString("base64");
  writeFileSync(path, JSON.stringify({ auths: { [host]: { auth } } }));
  return path;
}

function reasonOf({ failure }: ImageAnswer): string {
  return `${failure?.reason}: ${failure?.message}`;
}

test("a registry: credentials, pull policies, and what it is asked again", async (t) => {
  const lacks = lacksRegistry();
  if (lacks !== undefined) return t.skip(lacks);
  const registry = await startRegistry();
  const { host } = registry;
  try {
    await withFolder(async (folder, cacheDirectory) => {
      const push = (content: string): void => {
        writeImage(join(folder, "l"), [{ name: "f", content }]);
        execFileSync(
          "skopeo",
          ["copy", "-q", `oci:${join(folder, "l")}`, `docker://${host}/team/app:1`].concat([
            ...["--dest-tls-verify=false", "--dest-creds", `${USER}:${PASSWORD}`],
          ]),
        );
      };
      push("one");
      const reference = `${host}/team/app:1`;
      const right = authFile(join(folder, "right.json"), registry, PASSWORD);
      const wrong = authFile(join(folder, "wrong.json"), registry, "wrong");
      const pull = (policy: "Always" | "IfNotPresent" | "Never", auth: string) =>
        withEnvironment({ REGISTRY_AUTH_FILE: auth }, () =>
          ensureImageExists(reference, policy, { cacheDirectory }),
        );
      const never = await pull("Never", right);
      assert.equal(
        reasonOf(never),
        `ErrImageNeverPull: Container image "${reference}" is not present with pull policy of Never`,
      );
      const refused = await pull("IfNotPresent", wrong);
      assert.match(
        reasonOf(refused),
        new RegExp(
          `^ErrImagePull: rpc error: code = Unknown desc = failed to pull and unpack image "${reference}": .*(?:unauthorized|authentication required)`,
        ),
      );
      assert.deepEqual(
        refused.events.map(({ reason }) => reason),
        ["Pulling", "Failed"],
      );
      const first = await pull("IfNotPresent", right);
      assert.equal(first.failure, undefined);
      assert.match(first.events[1]?.message ?? "", /^Successfully pulled image /);
      // What was pulled once is there, also for who has no credentials any more, until the registry is to be asked.
      push("two");
      assert.equal((await pull("IfNotPresent", wrong)).image?.digest, first.image?.digest);
      assert.equal((await pull("Never", wrong)).image?.digest, first.image?.digest);
      assert.match(reasonOf(await pull("Always", wrong)), /^ErrImagePull: /);
      assert.notEqual((await pull("Always", right)).image?.digest, first.image?.digest);
      // As `docker login` writes it, in the user's home.
      mkdirSync(join(folder, ".docker"));
      authFile(join(folder, ".docker/config.json"), registry, PASSWORD);
      const cache = join(folder, "other");
      const home = { HOME: folder, XDG_RUNTIME_DIR: folder };
      const found = await withEnvironment(home, () =>
        ensureImageExists(reference, "Always", { cacheDirectory: cache }),
      );
      assert.equal(found.failure, undefined);
    });
  } finally {
    await registry.stop();
  }
});

test("an image of a running containerd, by its name alone", async (t) => {
  const lacks = lacksContainerd();
  if (lacks !== undefined) return t.skip(lacks);
  const daemon = await startContainerd();
  try {
    await withFolder(async (folder, cacheDirectory) => {
      const layout = join(folder, "l");
      writeImage(layout, [{ name: "f", content: "of containerd", mode: 0o4755 }]);
      const archive = join(folder, "a.tar");
      const name = "registry.example/team/app:1";
      execFileSync("skopeo", ["copy", "-q", `oci:${layout}`, `docker-archive:${archive}:${name}`]);
      const at = ["--address", daemon.socket, "--namespace", "k8s.io", "images", "import"];
      execFileSync("ctr", [...at, archive], { stdio: "ignore" });
      await withEnvironment({ CONTAINERD_ADDRESS: daemon.socket }, async () => {
        const { image, failure } = await ensureImageExists(name, "Never", { cacheDirectory });
        assert.equal(failure, undefined);
        assert.equal(image?.source, `containerd:${name}`);
        const sources = { x: "containerd:registry.example/none:1" };
        const none = await ensureImageExists("x", "Always", { cacheDirectory, sources });
        assert.match(reasonOf(none), /containerd: image "registry.example\/none:1": not found$/);
      });
    });
  } finally {
    await daemon.stop();
  }
});

test("an imported image is there under its name, whatever becomes of its source", async () => {
  await withFolder(async (folder, cacheDirectory) => {
    const layout = join(folder, "l");
    writeImage(layout, [{ name: "f", content: "one" }]);
    const name = "registry.invalid/app:2";
    const { reference, digest } = await importImage(`oci:${layout}`, name, cacheDirectory);
    assert.equal(reference, name);
    const { image } = await ensureImageExists(name, "Never", { cacheDirectory });
    assert.equal(image?.digest, digest);
    await assert.rejects(importImage(`oci:${layout}`, undefined, cacheDirectory), {
      message: `oci:${layout} names no image: write the name that pods use behind it`,
    });
    await assert.rejects(importImage(`dir:${folder}`, "x", cacheDirectory), {
      message: `dir:${folder}: a folder is used where it lies: run --image REF=dir:${folder}`,
    });
  });
});
