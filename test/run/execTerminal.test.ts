// `secctx exec`: commands in a pod of the background, with pipes and at a terminal.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, afterEach, test } from "node:test";
import { findProgram } from "../../src/node/programs.ts";
import { atTerminal, betweenSettings, endSessions, interrupts, settings } from "./atTerminal.ts";
import { cannotRun, leftovers, makeLab, podOf, removeLab, start } from "./run.ts";

const lab = makeLab();
afterEach(endSessions);
after(() => removeLab(lab));

const CLI = [process.execPath, "--import", "tsx", "src/cli/cli.ts"];
const env = { ...process.env, ...lab.environment };

function secctx(words: readonly string[], input = "") {
  const [program = "", ...rest] = [...CLI, ...words];
  return spawnSync(program, rest, { env, input, encoding: "utf8" });
}

/** Once, in the words of containerd and kubectl around those of the runtime. */
const NOT_STARTED =
  /^secctx: Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "exec": OCI runtime exec failed: [^\n]*nosuch[^\n]*(?<!: unknown)\n$/;

for (const runtime of ["runc", "crun"]) {
  const missing = findProgram(runtime) === undefined ? `needs ${runtime}` : false;
  const skip = cannotRun() ?? missing;

  test(`${runtime}: exec with pipes and at a terminal`, { skip, timeout: 120_000 }, async () => {
    const pod = podOf('trap "exit 0" TERM; while :; do sleep 0.1; done', {
      securityContext: { runAsUser: 1000 },
    });
    const { code, stderr } = await start(lab, pod, ["--detach", "--oci-runtime", runtime]).ended;
    assert.equal(code, 0, stderr);
    try {
      const counted = secctx(["exec", "-i", "t", "--", "wc", "-c"], "12345");
      assert.deepEqual([counted.stdout.trim(), counted.status], ["5", 0], counted.stderr);
      const ended = secctx(["exec", "t", "--", "sh", "-c", "cat; id -u; exit 5"], "not read");
      assert.deepEqual([ended.stdout, ended.status], ["1000\n", 5], ended.stderr);
      assert.equal(ended.stderr, "command terminated with exit code 5\n");
      const nosuch = secctx(["exec", "t", "--", "nosuch"]);
      assert.equal(nosuch.status, 2, nosuch.stderr);
      assert.match(nosuch.stderr, NOT_STARTED);
      const typed = atTerminal([...CLI, "exec", "-it", "t", "--", "nosuch"], lab);
      assert.equal(await typed.ended, 2, typed.output());
      assert.match(typed.output().replace(/[\r\n]+$/, "\n"), NOT_STARTED);
      const session = atTerminal(betweenSettings([...CLI, "exec", "-it", "t", "--", "sh"]), lab);
      await session.shows(/[$#] /);
      session.type("tty; stty size\n");
      await session.shows(/^31 97\r$/m);
      await interrupts(session);
      session.type("exit 9\n");
      assert.equal(await session.ended, 9, session.output());
      const [before, afterwards] = settings(session.output());
      assert.equal(afterwards, before, "the terminal is as it was");
      assert.match(session.output(), /\/dev\/(pts\/\d|console)/);
    } finally {
      secctx(["stop", "t"]);
    }
    assert.deepEqual(leftovers(lab), []);
  });
}
