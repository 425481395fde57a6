// secctx killed at any moment: what it had made is ended and removed, by its sandbox or by the next run.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import {
  cannotRun,
  cgroupsOf,
  leftovers,
  makeLab,
  podOf,
  removeLab,
  runCommand,
  start,
} from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

const SLEEPER = podOf("echo up; sleep 1000", { shareProcessNamespace: true });

async function cleanWithin(ms: number, pids: readonly number[]): Promise<void> {
  const end = Date.now() + ms;
  let left: string[] = [];
  while (Date.now() < end) {
    left = [...leftovers(lab), ...cgroupsOf(pids)];
    if (left.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.deepEqual(left, []);
}

/** The shells of sandboxes among `lines` (see leftovers): one reads what secctx says, and one waits for the first runtime. */
function sandboxShells(lines: readonly string[]): number[] {
  const pids = lines.flatMap((line) => /^process (\d+)/.exec(line)?.[1] ?? []);
  const words = (pid: string): string[] => readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  return pids.filter((pid) => words(pid).includes("secctx-sandbox")).map(Number);
}

test("kill -9 while the pod runs: the sandbox ends everything by itself", { skip }, async () => {
  const running = start(lab, SLEEPER);
  await running.printed("up");
  assert.notDeepEqual(leftovers(lab), [], "the count must see a running pod");
  running.process.kill("SIGKILL");
  await running.ended;
  await cleanWithin(5000, [running.process.pid ?? 0]);
});

test("kill -9 of secctx and its sandbox: prune ends the rest", { skip }, async () => {
  const running = start(lab, SLEEPER);
  await running.printed("up");
  const shells = sandboxShells(leftovers(lab));
  assert.equal(shells.length, 2);
  for (const pid of shells) process.kill(pid, "SIGKILL");
  running.process.kill("SIGKILL");
  await running.ended;
  const prune = spawnSync(process.execPath, ["--import", "tsx", "src/cli/cli.ts", "prune"], {
    env: { ...process.env, ...lab.environment },
    encoding: "utf8",
  });
  assert.equal(prune.status, 0, prune.stderr);
  assert.match(prune.stdout, /^removed t-/m);
  await cleanWithin(3000, [running.process.pid ?? 0]);
});

test("kill -9 at any moment of a start", { skip }, async () => {
  const pids: number[] = [];
  // With tsx the command needs about half a second before it makes anything.
  for (let delay = 600; delay <= 1500; delay += 100) {
    const running = start(lab, SLEEPER);
    pids.push(running.process.pid ?? 0);
    await new Promise((resolve) => setTimeout(resolve, delay));
    running.process.kill("SIGKILL");
    await running.ended;
  }
  await new Promise((resolve) => setTimeout(resolve, 1500));
  // The next run finds what the sandboxes could not.
  assert.equal((await runCommand(lab, podOf("true"))).code, 0);
  await cleanWithin(5000, pids);
});

test("a living pod is not touched by another run's pruning; two at once", { skip }, async () => {
  const first = start(lab, SLEEPER);
  await first.printed("up");
  assert.equal((await runCommand(lab, podOf("exit 4"))).code, 4);
  first.process.kill("SIGTERM");
  // In a shared process namespace the shell is not the first process, so SIGTERM ends it.
  assert.equal((await first.ended).code, 143);
  await cleanWithin(3000, [first.process.pid ?? 0]);
});
