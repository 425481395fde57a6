// secctx killed while a daemon runs its pod: prune removes the containers there, and says so where the daemon does not answer.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { openDocker } from "../../src/engines/docker/client.ts";
import { unmountBelow } from "../../src/engines/hostMounts.ts";
import { removeTree } from "../../src/node/removeTree.ts";
import { lacksContainerd, lacksDocker, startContainerd, startDockerd } from "../daemons.ts";
import { leftovers, makeLab, podOf, removeLab, runCommand, secctx, start } from "../run/run.ts";

const lab = makeLab();
after(() => removeLab(lab));

const ENGINES = [
  {
    ...{ engine: "docker", skip: lacksDocker(), begin: startDockerd, endpoint: "DOCKER_HOST" },
    who: "no Docker Engine answers at",
    countOn: countInDocker,
  },
  {
    ...{ engine: "cri", skip: lacksContainerd(), begin: startContainerd },
    ...{ endpoint: "CONTAINER_RUNTIME_ENDPOINT", who: "no CRI runtime answers at" },
    countOn: countInCri,
  },
] as const;

async function countInDocker(socket: string): Promise<number> {
  const { client } = await openDocker(socket);
  return (await client.listContainers({ all: true })).length;
}

/** The sandbox is one of them. */
async function countInCri(socket: string): Promise<number> {
  const words = ["--address", socket, "--namespace", "k8s.io", "containers", "ls", "--quiet"];
  const { status, stdout, stderr } = spawnSync("ctr", words, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout.split("\n").filter((line) => line !== "").length;
}

const POD = podOf("echo up; sleep 1000");

for (const { engine, skip, begin, endpoint, who, countOn } of ENGINES) {
  const options = { skip: skip ?? false, timeout: 240_000 };
  test(`${engine}: kill -9 of secctx, then prune`, options, async () => {
    const daemon = await begin();
    try {
      const environment = { ...lab.environment, [endpoint]: `unix://${daemon.socket}` };
      const here = { ...lab, environment };
      for (const how of ["prune", "run"]) {
        const running = start(here, POD, ["--engine", engine]);
        await running.printed("up");
        // Containers of a secctx that lives stay.
        assert.equal((await secctx(lab, ["prune"])).stdout, "nothing was left behind\n");
        assert.equal(await countOn(daemon.socket), 2);
        running.process.kill("SIGKILL");
        await running.ended;
        assert.equal(await countOn(daemon.socket), 2, "the daemon runs on what nobody removes");
        // Nothing but the pod's place tells where its daemon is.
        const cleaned = how === "prune" ? await secctx(lab, ["prune"]) : await runOci();
        assert.equal(cleaned.code, 0, cleaned.stderr);
        if (how === "prune") assert.match(cleaned.stdout, /^removed t-\d+-\d+-\d+\n$/);
        assert.equal(await countOn(daemon.socket), 0);
        assert.deepEqual(leftovers(lab), []);
      }
    } finally {
      await daemon.stop();
    }
  });

  test(`${engine}: a daemon that does not answer to prune`, options, async () => {
    const daemon = await begin();
    let pid: number | undefined;
    try {
      const environment = { ...lab.environment, [endpoint]: `unix://${daemon.socket}` };
      const words = ["--engine", engine, "--detach"];
      const started = await runCommand({ ...lab, environment }, POD, words);
      assert.equal(started.code, 0, started.stderr);
      const id = leftovers(lab)[0]?.replace(/^folder /, "") ?? "";
      pid = Number(/^t-(\d+)-/.exec(id)?.[1]);
      process.kill(pid, "SIGKILL");
      while (lives(pid)) await setTimeout(20);
      await daemon.stop();
      for (const command of [["prune"], ["prune"], ["stop", "t"]]) {
        const { code, stdout, stderr } = await secctx(lab, command);
        assert.notEqual(code, 0, stderr);
        assert.equal(stdout, "");
        assert.match(
          stderr,
          new RegExp(`^secctx: could not remove the containers of ${id}: ${who} `),
        );
        assert.match(stderr, new RegExp(`/${id} is kept until then\n$`));
      }
      const folders = leftovers(lab).filter((line) => line === `folder ${id}`);
      assert.equal(folders.length, 2, "state and data");
    } finally {
      if (pid !== undefined && lives(pid)) process.kill(pid, "SIGKILL");
      await daemon.stop();
      unmountBelow(lab.folder);
      removeTree(lab.environment["SECCTX_STATE_DIR"] ?? "");
      removeTree(lab.environment["SECCTX_CACHE_DIR"] ?? "");
    }
  });
}

/** Nobody may have waited for it yet. */
function lives(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

function runOci(): ReturnType<typeof runCommand> {
  return runCommand(lab, podOf("true"), ["--engine", "oci"]);
}
