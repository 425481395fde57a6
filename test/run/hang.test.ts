// An OCI runtime that hangs: the kubelet's words when its time is over, and nothing left of it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { findProgram } from "../../src/node/programs.ts";
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

/** Tells its sleepers from those of other programs. */
const SLEEP = `1000.${process.pid}`;

/** A runtime that answers what it is and hangs with every other call, before or after it has made it. */
function hanging(name: string, when: "before" | "after"): string {
  const path = join(lab.folder, name);
  const runc = findProgram("runc");
  const call = when === "before" ? "" : `${runc} "$@"`;
  const script = `#!/bin/sh
case "$*" in *--version*) exec ${runc} --version;; esac
${call}
echo hangs >${path}.hangs
sleep ${SLEEP}
`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

function sleepers(): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith(`sleep\0${SLEEP}`);
    } catch {
      return false;
    }
  });
}

test("a start that hangs ends when its time is over", { skip }, async () => {
  const words = ["--oci-runtime", hanging("create", "before"), "--runtime-request-timeout", "1"];
  const { code, stdout } = await runCommand(lab, podOf("true"), [...words, "-o", "json"]);
  const { phase, reason, message, containers, events, leftBehind } = JSON.parse(stdout);
  assert.deepEqual(
    [code, phase, reason, message],
    [125, "Pending", "RunContainerError", "context deadline exceeded"],
  );
  assert.deepEqual(containers[0].state.waiting, { reason, message });
  const last = events.at(-1);
  assert.deepEqual([last.type, last.reason], ["Warning", "Failed"]);
  assert.equal(last.message, "Error: context deadline exceeded");
  assert.deepEqual([leftBehind, leftovers(lab), sleepers()], [[], [], []]);
});

test("Ctrl-C ends a start that hangs long before its time", { skip }, async () => {
  const path = hanging("stopped", "before");
  const running = start(lab, podOf("true"), ["--oci-runtime", path]);
  while (sleepers().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  running.process.kill("SIGINT");
  const { code, stderr } = await running.ended;
  assert.equal(code, 125, stderr);
  assert.match(stderr, /Failed +c: Error: context canceled\n +Pending +c RunContainerError\n/);
  assert.deepEqual([leftovers(lab), sleepers()], [[], []]);
  assert.deepEqual(cgroupsOf([running.process.pid ?? 0]), []);
});

test("a runtime that stays after its container is ended too", { skip }, async () => {
  const words = ["--oci-runtime", hanging("delete", "after"), "--runtime-request-timeout", "15"];
  const { code, stdout, stderr } = await runCommand(lab, podOf("echo ran"), words);
  assert.equal(code, 137, stderr);
  assert.equal(stdout, "c | ran\n");
  assert.deepEqual([leftovers(lab), sleepers()], [[], []]);
});
