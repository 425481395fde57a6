// `secctx exec` in pods of the background on the engines that are runtimes of their own: pipes, exit codes, a terminal.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { atTerminal, betweenSettings, endSessions, settings } from "../run/atTerminal.ts";
import { leftovers, makeLab, podOf, removeLab, runCommand, secctx } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = bothEngines();
const lab = makeLab();
afterEach(endSessions);
after(() => removeLab(lab));

const POD = podOf('trap "exit 0" TERM; while :; do sleep 0.1; done', {
  securityContext: { runAsUser: 1000, runAsGroup: 3000, supplementalGroups: [4000] },
});

/** What exec ends with where there is no such command, as its help tells. */
const NO_COMMAND = { docker: 126, cri: 2 } as const;

/** As kubectl prints it: of dockershim as a command's end, of containerd as an error. */
const NOT_STARTED = {
  docker:
    /^OCI runtime exec failed: exec failed: .*"nosuch": executable file not found in \$PATH: unknown\r?\n(?:\r?\n)?command terminated with exit code 126\n$/,
  cri: /^secctx: Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "[^"]+": OCI runtime exec failed: exec failed: .*"nosuch": executable file not found in \$PATH: unknown\n$/,
} as const;

/** As the kubelet tells it: dockershim makes an exit code of it, containerd an error. */
const PROBED = {
  docker:
    /^Readiness probe failed: OCI runtime exec failed: exec failed: .*"nosuch": executable file not found in \$PATH: unknown\s*$/,
  cri: /^Readiness probe errored and resulted in unknown state: rpc error: code = Unknown desc = failed to exec in container: failed to start exec "\w{64}": OCI runtime exec failed: exec failed: .*"nosuch": executable file not found in \$PATH: unknown$/,
} as const;

for (const engine of ["docker", "cri"] as const) {
  test(`${engine}: a probe whose command cannot be started`, {
    ...{ skip: skips[engine], timeout: 240_000 },
  }, async () => {
    const readinessProbe = { exec: { command: ["nosuch"] }, periodSeconds: 1 };
    const pod = podOf("sleep 3", {}, { readinessProbe });
    const { stdout } = await runCommand(lab, pod, ["--engine", engine, "-o", "json"]);
    const events: readonly { reason: string; message: string }[] = JSON.parse(stdout).events;
    const told = events.find(({ reason }) => reason === "Unhealthy");
    assert.match(told?.message ?? "", PROBED[engine]);
  });

  const options = { skip: skips[engine], timeout: 240_000 };

  test(`${engine}: exec with pipes and at a terminal`, options, async () => {
    const started = await runCommand(lab, POD, ["--detach", "--engine", engine]);
    assert.equal(started.code, 0, started.stderr);
    try {
      const script = "cat; id -u; id -g; id -G; echo err >&2; exit 7";
      const plain = await secctx(lab, ["exec", "t", "--", "sh", "-c", script], "not read");
      assert.deepEqual(plain, {
        ...{ code: 7, stdout: "1000\n3000\n3000 4000\n" },
        stderr: "err\ncommand terminated with exit code 7\n",
      });
      const counted = await secctx(lab, ["exec", "-i", "t", "--", "wc", "-c"], "x".repeat(300_000));
      assert.deepEqual([counted.stdout.trim(), counted.code], ["300000", 0], counted.stderr);
      const long = await secctx(lab, ["exec", "t", "--", "seq", "200000"]);
      assert.equal(long.stdout.trimEnd().split("\n").length, 200_000);
      const nosuch = await secctx(lab, ["exec", "t", "--", "nosuch"]);
      assert.equal(nosuch.code, NO_COMMAND[engine], nosuch.stderr);
      assert.match(nosuch.stdout + nosuch.stderr, NOT_STARTED[engine]);
      const typed = await secctx(lab, ["exec", "-i", "t", "--", "nosuch"]);
      assert.equal(typed.code, NO_COMMAND[engine], typed.stderr);
      assert.match(typed.stdout + typed.stderr, NOT_STARTED[engine]);

      const cli = [process.execPath, "--import", "tsx", "src/cli/cli.ts"];
      const session = atTerminal(betweenSettings([...cli, "exec", "-it", "t", "--", "sh"]), lab);
      await session.shows(/\/ \$ /);
      session.resize(40, 120);
      session.type("until [ \"$(stty size)\" = '40 120' ]; do :; done; echo $TERM; cat\n");
      await session.shows(/^xterm\r$/m);
      // Ctrl-C is for a program that runs: it has answered once.
      session.type("ping\n");
      await session.shows(/ping\r\nping\r\n/);
      session.type("\u0003");
      await session.shows(/\^C/);
      session.type("exit 9\n");
      assert.equal(await session.ended, 9, session.output());
      const [first, last] = settings(session.output());
      assert.equal(last, first, "the terminal is as it was");
    } finally {
      await secctx(lab, ["stop", "t"]);
    }
    assert.deepEqual(leftovers(lab), []);
  });
}
