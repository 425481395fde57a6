// mountPropagation on every engine, on a folder of the host that is a shared mount of the test's own.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { readHost } from "../../src/node/node.ts";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand, start } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = { oci: cannotRun() ?? false, ...bothEngines() } as const;
const lab = makeLab();
const folders: string[] = [];
// It unmounts what is below the lab's folder.
after(() => removeLab(lab));

/** A folder that is a mount by itself, shared or private, with another folder `in` inside. */
function mountedFolder(name: string, propagation: "shared" | "private"): string {
  const folder = join(lab.folder, name);
  mkdirSync(join(folder, "in"), { recursive: true });
  folders.push(folder);
  system("mount", "--bind", folder, folder);
  system("mount", `--make-${propagation}`, folder);
  return folder;
}

function system(program: string, ...words: readonly string[]): void {
  const { status, stderr } = spawnSync(program, words, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

async function until(happened: () => boolean): Promise<void> {
  for (let round = 0; round < 600 && !happened(); round += 1) await setTimeout(100);
  assert.ok(happened(), "waited for a minute");
}

const waitFor = (path: string): string => `until [ -e ${path} ]; do sleep 0.1; done`;

const PRIVILEGED = { securityContext: { privileged: true } };

for (const engine of ["oci", "docker", "cri"] as const) {
  const options = { skip: skips[engine], timeout: 240_000 };
  const words = ["--engine", engine, "--no-prefix"];
  const mount = (mountPath: string, mountPropagation?: string): object => ({
    ...{ name: "v", mountPath },
    ...(mountPropagation === undefined ? {} : { mountPropagation }),
  });

  test(
    `${engine}: HostToContainer shows what the host mounts later, None does not`,
    options,
    async () => {
      const path = mountedFolder(`${engine}-later`, "shared");
      const script = `touch /late/up; ${waitFor("/late/in/seen")}; ls /late/in; ls /none/in /untold/in
      ! touch /late/in/x; touch /late/down; ${waitFor("/late/in/kept")}; ls /late/in`;
      const running = start(
        lab,
        podOf(
          script,
          { volumes: [{ name: "v", hostPath: { path } }] },
          {
            volumeMounts: [
              mount("/late", "HostToContainer"),
              mount("/none", "None"),
              mount("/untold"),
            ],
          },
        ),
        words,
      );
      await until(() => existsSync(join(path, "up")));
      writeFileSync(join(path, "in/kept"), "");
      system("mount", "-t", "tmpfs", "none", join(path, "in"));
      writeFileSync(join(path, "in/seen"), "");
      system("mount", "-o", "remount,ro", join(path, "in"));
      await until(() => existsSync(join(path, "down")));
      system("umount", join(path, "in"));
      const { code, stdout, stderr } = await running.ended;
      assert.equal(code, 0, stderr);
      assert.equal(stdout, "seen\n/none/in:\nkept\n\n/untold/in:\nkept\nkept\n");
      assert.deepEqual(withoutOwn(leftovers(lab)), []);
    },
  );

  test(
    `${engine}: Bidirectional shows the host what a privileged container mounts`,
    options,
    async () => {
      const path = mountedFolder(`${engine}-both`, "shared");
      const script = `mount -t tmpfs none /v/in && touch /v/in/made || exit 9
      ${waitFor("/v/in/fromHost")}; umount /v/in; ls /v/in`;
      const running = start(
        lab,
        podOf(
          script,
          { volumes: [{ name: "v", hostPath: { path } }] },
          { ...PRIVILEGED, volumeMounts: [mount("/v", "Bidirectional")] },
        ),
        words,
      );
      let ended = false;
      void running.ended.then(() => {
        ended = true;
      });
      await until(() => ended || existsSync(join(path, "in/made")));
      if (!ended) writeFileSync(join(path, "in/fromHost"), "");
      const { code, stdout, stderr } = await running.ended;
      if (engine === "docker" && !readHost().node.capabilities?.includes("CAP_SYS_RESOURCE")) {
        assert.match(stderr, /unable to apply caps: operation not permitted/);
        return;
      }
      assert.equal(code, 0, stderr);
      assert.equal(stdout, "");
      assert.deepEqual(readdirSync(join(path, "in")), []);
      assert.deepEqual(mountsBelow(path), []);
      assert.deepEqual(withoutOwn(leftovers(lab)), []);
    },
  );

  test(
    `${engine}: a folder that the host keeps to itself: the runtime's words`,
    options,
    async () => {
      const path = mountedFolder(`${engine}-private`, "private");
      for (const [mountPropagation, kind] of [
        ["HostToContainer", "a shared or slave mount"],
        ["Bidirectional", "a shared mount"],
      ] as const) {
        const pod = podOf(
          "id",
          { volumes: [{ name: "v", hostPath: { path } }] },
          { ...PRIVILEGED, volumeMounts: [mount("/v", mountPropagation)] },
        );
        const { stdout } = await runCommand(lab, pod, ["--engine", engine, "-o", "json"]);
        const { state } = JSON.parse(stdout).containers[0];
        const where = `path "?${path}"? is mounted on "?${path}"? but it is not ${kind}`;
        const before =
          engine === "docker"
            ? "Error response from daemon: "
            : 'failed to generate container ".*" spec: failed to generate spec: ';
        assert.match(
          (state.terminated ?? state.waiting).message,
          new RegExp(`^${before}${where}$`),
        );
      }
      assert.deepEqual(withoutOwn(leftovers(lab)), []);
    },
  );
}

/** Without the mounts of this test itself. */
function withoutOwn(left: readonly string[]): string[] {
  return left.filter((line) => !folders.some((folder) => line.includes(` ${folder} `)));
}

function mountsBelow(folder: string): string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "")
    .filter((place) => place.startsWith(`${folder}/`));
}
