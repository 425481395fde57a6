// Pods of an ordinary user end: by signals, by kill -9 at any moment; nothing is left, in the user's control groups neither.
import assert from "node:assert/strict";
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readLayout } from "../../src/engines/runc/cgroupRoots.ts";
import {
  cannotBeOrdinary,
  leftOf,
  makeUser,
  type OrdinaryUser,
  processesOf,
  removeUser,
  runAs,
  startAs,
} from "./ordinaryUser.ts";
import { podOf } from "./run.ts";
import { cleanWithin, RUNTIMES, runWords } from "./userPods.ts";

const skip = cannotBeOrdinary() ?? false;
let user: OrdinaryUser;

before(() => {
  if (skip === false) user = makeUser("life", true);
});
after(() => {
  if (skip === false) removeUser(user);
});

for (const runtime of RUNTIMES) {
  test(`kill -9 of secctx, then of its sandbox too: nothing is left: ${runtime}`, {
    skip,
  }, async () => {
    const pod = podOf("sleep 1000 & echo up; sleep 1000", { securityContext: { runAsUser: 1000 } });
    const words = runWords(user, pod, ["--oci-runtime", runtime]);
    const first = startAs(user, words);
    await first.printed("up");
    assert.notDeepEqual(leftOf(user), [], "the count must see a running pod");
    first.process.kill("SIGKILL");
    await cleanWithin(user, 20_000);

    const second = startAs(user, words);
    await second.printed("up");
    const sandbox = processesOf(user).find(({ text }) => text.includes("secctx-sandbox"));
    assert.ok(sandbox !== undefined);
    process.kill(sandbox.pid, "SIGKILL");
    second.process.kill("SIGKILL");
    await second.ended;
    const pruned = await runAs(user, ["prune"]);
    assert.match(pruned.stdout, /^removed t-/m, pruned.stderr);
    assert.equal(pruned.code, 0);
    await cleanWithin(user, 5000);
  });
}

test("a signal to secctx ends the pod as a deletion does, once", { skip }, async () => {
  const pod = podOf("trap 'echo bye; exit 9' TERM; echo up; while :; do sleep 0.1; done");
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const running = startAs(user, runWords(user, pod));
    await running.printed("up");
    running.process.kill(signal);
    const { code, stdout, stderr } = await running.ended;
    assert.equal(code, 9, stderr);
    assert.match(stdout, /bye/);
  }
  await cleanWithin(user, 5000);
});

test("kill -9 at any moment of a start, while another pod lives", { skip }, async () => {
  const words = runWords(user, podOf("echo up; sleep 1000"));
  const living = startAs(user, words);
  await living.printed("up");
  const before = leftOf(user).length;
  for (let delay = 0; delay <= 500; delay += 50) {
    const running = startAs(user, words);
    await new Promise((resolve) => setTimeout(resolve, delay));
    running.process.kill("SIGKILL");
    await running.ended;
  }
  const end = Date.now() + 20_000;
  while (leftOf(user).length > before && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await runAs(user, ["prune"]);
  }
  assert.equal(leftOf(user).length, before, leftOf(user).join("\n"));
  living.process.kill("SIGTERM");
  await living.ended;
  await cleanWithin(user, 5000);
});

/** Words that run a command in a group of its own, whose parent is the user's, where the v2 tree is all that there is. */
function inDelegatedGroup(name: string): string[] {
  const group = `/sys/fs/cgroup/${name}`;
  const script = [
    "mount -t cgroup2 none /sys/fs/cgroup",
    `mkdir -p ${group}/leaf`,
    `chown -R ${user.uid} ${group}`,
    `echo $$ >${group}/leaf/cgroup.procs`,
    '"$@"; code=$?',
    "echo $$ >/sys/fs/cgroup/cgroup.procs",
    // Does nothing where something is left.
    `rmdir ${group}/leaf ${group}`,
    "exit $code",
  ];
  return ["unshare", "--mount", "--", "sh", "-c", script.join("\n"), "sh"];
}

for (const runtime of RUNTIMES) {
  test(`a part of the cgroup v2 tree that is the user's is used, and left clean: ${runtime}`, {
    skip: skip || (readLayout().unified === undefined ? "no cgroup v2 tree" : false),
  }, async () => {
    const name = `secctx-test-${process.pid}-${runtime}`;
    const group = join(readLayout().unified ?? "", name);
    const folder = mkdtempSync(join(user.folder, "go-"));
    chownSync(folder, user.uid, user.gid);
    const pod = podOf(
      "echo up; until [ -e /v/go ]; do sleep 0.1; done",
      { volumes: [{ name: "v", hostPath: { path: folder } }] },
      { volumeMounts: [{ name: "v", mountPath: "/v" }] },
    );
    const words = runWords(user, pod, ["--oci-runtime", runtime]);
    const running = startAs(user, words, { before: inDelegatedGroup(name) });
    await running.printed("up");
    const [own = ""] = readdirSync(group).filter((one) => one.startsWith("secctx-t-"));
    assert.notEqual(readFileSync(join(group, own, "c-0/cgroup.procs"), "utf8"), "");
    writeFileSync(join(folder, "go"), "");
    const { code, stderr } = await running.ended;
    assert.equal(code, 0, stderr);
    assert.equal(existsSync(group), false);
  });
}
