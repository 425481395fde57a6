// The steps of the README for a containerd of one's own: as they stand there, but for sudo and the name of secctx.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { openCri } from "../../src/engines/cri/client.ts";
import { importArchive } from "../../src/engines/cri/images.ts";
import { withPauseArchive } from "../../src/engines/imageArchive.ts";
import { lacksContainerd } from "../daemons.ts";
import { makeLab, podOf, removeLab } from "../run/run.ts";

const skip = lacksContainerd() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

/** The lines of the README's block that makes containerd's configuration. */
function steps(): string[] {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [block] = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)]
    .map(([, text = ""]) => text)
    .filter((text) => text.includes("containerd --config"));
  assert.ok(block !== undefined);
  return block.replaceAll("sudo ", "").trimEnd().split("\n");
}

/** The sandbox's image as this release of containerd names it; no registry is asked. */
async function bringPause(socket: string, config: string): Promise<void> {
  const dump = execFileSync("containerd", ["--config", config, "config", "dump"], {
    encoding: "utf8",
  });
  const [, name = ""] = /^\s*sandbox(?:_image)? = ['"](.*pause.*)['"]$/m.exec(dump) ?? [];
  const client = await openCri(socket);
  await withPauseArchive({ name, config: { User: "65535:65535" } }, (file) =>
    importArchive(client, file, name),
  );
  client.close();
}

test("a containerd of one's own, as the README starts it", {
  ...{ skip, timeout: 240_000 },
}, async () => {
  const lines = steps();
  const at = lines.findIndex((line) => line.startsWith("containerd --config"));
  const [make = "", ...rest] = lines.slice(0, at);
  const folder = join(lab.folder, "own");
  execFileSync("bash", [
    "-euc",
    [make.replace("mktemp -d", 'mkdir "$0" && echo "$0"'), ...rest].join("\n"),
    folder,
  ]);
  const run = (line: string): ReturnType<typeof spawn> =>
    spawn("bash", ["-c", `D=$0; exec ${line}`, folder], {
      ...{ stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...lab.environment } },
    });
  const daemon = run(lines[at] ?? "");
  daemon.stdout?.resume();
  daemon.stderr?.resume();
  const ended = new Promise((resolve) => daemon.on("exit", resolve));
  try {
    const socket = join(folder, "containerd.sock");
    while (!existsSync(socket) && daemon.exitCode === null) await setTimeout(50);
    await bringPause(socket, join(folder, "config.toml"));
    const pod = join(lab.folder, "pod.yaml");
    writeFileSync(pod, JSON.stringify(podOf("echo here; ip -o link | head -1")));
    const line = (lines[at + 1] ?? "")
      .replace(/ +#.*$/, ` --image oci:${join(lab.folder, "images")}`)
      .replace("secctx run pod.yaml", `${process.execPath} --import tsx src/cli/cli.ts run ${pod}`);
    assert.match(line, /^CONTAINER_RUNTIME_ENDPOINT=unix:\/\/\$D\/containerd\.sock /);
    const child = run(`env ${line}`);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (bytes: Buffer) => {
        said += bytes;
      });
    }
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 0, said);
    assert.match(said, /c \| here/);
  } finally {
    daemon.kill("SIGTERM");
    await ended;
  }
});
