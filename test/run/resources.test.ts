// Requests and limits for real: what the kernel holds of them, who is ended for its memory, and what stays of the cgroups.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { after, test } from "node:test";
import { readHost } from "../../src/node/node.ts";
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
const { cgroup } = readHost();
const hasMemory =
  cgroup.controllers["memory"] !== undefined ||
  (cgroup.version === "v2" && existsSync("/sys/fs/cgroup/memory.stat"));
const needsMemory = skip || (hasMemory ? false : "the host has no memory controller");
const lab = makeLab();
after(() => removeLab(lab));

const FILES =
  cgroup.version === "v2"
    ? "cpu.weight cpu.max memory.max"
    : "cpu/cpu.shares cpu/cpu.cfs_quota_us memory/memory.limit_in_bytes";
const READ = `cd /sys/fs/cgroup && cat ${FILES}; cat /proc/self/oom_score_adj`;

async function answerOf(pod: object, words: readonly string[] = []) {
  const { stdout, stderr, code } = await runCommand(lab, pod, ["-o", "json", ...words]);
  assert.notEqual(stdout, "", stderr);
  return { ...JSON.parse(stdout), code, stderr };
}

test("a container's limits stand in its cgroup", { skip: needsMemory }, async () => {
  const resources = {
    requests: { cpu: "250m", memory: "32Mi" },
    limits: { cpu: "500m", memory: "64Mi" },
  };
  const answer = await answerOf(podOf(READ, {}, { resources }));
  const [shares, quota, memory, score] = answer.containers[0].logs.split("\n");
  // 256 shares of v1 are a weight of 10 in v2.
  const isV2 = cgroup.version === "v2";
  assert.deepEqual([shares, quota], isV2 ? ["10", "50000 100000"] : ["256", "50000"]);
  assert.equal(memory, String(64 * 1024 ** 2));
  assert.ok(Number(score) > 900 && Number(score) < 1000, score);
  assert.deepEqual(leftovers(lab), []);
});

test("a container above its memory is OOMKilled, with exit code 137", {
  skip: needsMemory,
}, async () => {
  const resources = { limits: { memory: "32Mi" } };
  const answer = await answerOf(podOf("tail /dev/zero", {}, { resources }));
  const { terminated } = answer.containers[0].state;
  assert.equal(terminated.reason, "OOMKilled");
  assert.equal(terminated.exitCode, 137);
  assert.equal(answer.code, 137);
  assert.equal(answer.phase, "Failed");
});

test("each start counts for itself", { skip: needsMemory }, async () => {
  const pod = {
    ...podOf("", {
      restartPolicy: "OnFailure",
      volumes: [{ name: "v", emptyDir: {} }],
      containers: [
        {
          ...{ name: "c", image: "demo/busybox:1" },
          command: ["sh", "-c", "[ -e /v/again ] && exit 3; touch /v/again; tail /dev/zero"],
          resources: { limits: { memory: "32Mi" } },
          volumeMounts: [{ name: "v", mountPath: "/v" }],
        },
      ],
    }),
  };
  const words = ["-o", "yaml", "--restarts", "1", "--back-off-scale", "0"];
  const { stdout } = await runCommand(lab, pod, words);
  assert.match(
    stdout,
    /lastState:\n +terminated:\n +containerID: runc:\/\/t-[-\d]+\/c-0\n +exitCode: 137\n[^}]*?reason: OOMKilled/,
  );
  assert.match(
    stdout,
    / state:\n +terminated:\n +containerID: .*c-1\n +exitCode: 3\n[^}]*?reason: Error/,
  );
  assert.match(stdout, /qosClass: Burstable/);
});

test("a pod whose containers all have limits is limited as a whole", {
  skip: needsMemory,
}, async () => {
  const limited = { resources: { limits: { cpu: "300m", memory: "40Mi" } } };
  const one = {
    name: "a",
    image: "demo/busybox:1",
    command: ["sh", "-c", "echo up; sleep 100"],
    ...limited,
  };
  const running = start(lab, podOf("", { containers: [one, { ...one, name: "b" }] }));
  await running.printed("up");
  const [group = ""] = cgroupsOf([running.process.pid ?? 0]);
  const read = (file: string): string =>
    spawnSync("cat", [file], { encoding: "utf8" }).stdout.trim();
  if (cgroup.version === "v2") {
    assert.equal(read(`/sys/fs/cgroup/${group}/memory.max`), String(80 * 1024 ** 2));
    assert.equal(read(`/sys/fs/cgroup/${group}/cpu.max`), "60000 100000");
  } else {
    const { memory, cpu } = cgroup.controllers;
    assert.equal(read(`${memory}/${group}/memory.limit_in_bytes`), String(80 * 1024 ** 2));
    assert.equal(read(`${cpu}/${group}/cpu.cfs_quota_us`), "60000");
  }
  running.process.kill("SIGKILL");
  await running.ended;
  spawnSync(process.execPath, ["--import", "tsx", "src/cli/cli.ts", "prune"], {
    env: { ...process.env, ...lab.environment },
  });
  assert.deepEqual(cgroupsOf([running.process.pid ?? 0]), []);
  // The sandbox removes what it held itself, beside prune.
  for (let tries = 0; leftovers(lab).length > 0 && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.deepEqual(leftovers(lab), []);
});

const isHybrid = findProgram("crun") !== undefined && cgroup.hybrid;

test("what crun cannot hold here is said before the start", {
  skip: skip || (isHybrid ? false : "needs crun on a host with cgroup v1 and v2"),
}, async () => {
  const resources = { limits: { cpu: "1", memory: "64Mi" } };
  const answer = await answerOf(podOf("true", {}, { resources }), ["--oci-runtime", "crun"]);
  assert.equal(answer.code, 0, answer.stderr);
  const sentence =
    "limits.memory of c is not held: crun has no memory controller in the cgroup v2 tree, which is all that it sees here";
  assert.ok(answer.notHeld.includes(sentence), answer.notHeld);
  assert.equal(answer.stderr.split(sentence).length, 2, "once");
});

test("a limit of ephemeral-storage is not held, and that is said", { skip }, async () => {
  const resources = { limits: { "ephemeral-storage": "1Mi" } };
  const answer = await answerOf(podOf("true", {}, { resources }));
  assert.deepEqual(
    answer.notHeld.filter((sentence: string) => sentence.startsWith("limits.ephemeral-storage")),
    [
      "limits.ephemeral-storage of c is not held: a kubelet evicts a pod that writes more, secctx looks at emptyDir volumes with a sizeLimit only",
    ],
  );
});

const lacks = readHost().node.capabilities?.includes("CAP_SYS_RESOURCE") === false;

test("an OOM score that this machine does not give is said, and the pod runs", {
  skip: skip || (lacks ? false : "the host has CAP_SYS_RESOURCE"),
}, async () => {
  const resources = { limits: { cpu: "1", memory: "64Mi" } };
  const answer = await answerOf(podOf("cat /proc/self/oom_score_adj", {}, { resources }));
  assert.match(
    answer.notHeld.join("\n"),
    /^oom_score_adj of c stays \d+: lowering it needs CAP_SYS_RESOURCE/m,
  );
  assert.equal(answer.code, 0);
});
