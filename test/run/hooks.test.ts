// postStart, preStop, grace periods, deadlines and the order of the end.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand, start } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

const LISTENER = 'trap "echo bye; exit 0" TERM; while :; do sleep 0.1; done';
const image = "demo/busybox:1";

function shell(script: string): string[] {
  return ["sh", "-c", script];
}

interface Answer {
  readonly phase: string;
  readonly reason: string;
  readonly message: string;
  readonly containers: readonly { readonly name: string; readonly logs: string }[];
  readonly events: readonly { readonly reason: string; readonly message: string }[];
}

async function answerOf(
  pod: object,
  words: readonly string[] = [],
): Promise<{ code: number | null; answer: Answer }> {
  const { code, stdout } = await runCommand(lab, pod, ["-o", "json", ...words]);
  return { code, answer: JSON.parse(stdout) as Answer };
}

function eventsOf(answer: Answer): string[] {
  return answer.events.map(({ reason, message }) => `${reason}: ${message}`);
}

test("postStart runs inside, and what follows in the pod waits for it", { skip }, async () => {
  const volumeMounts = [{ name: "v", mountPath: "/v" }];
  const lifecycle = { postStart: { exec: { command: shell("sleep 0.5; echo done >/v/hook") } } };
  const containers = [
    { name: "first", image, command: shell("sleep 1.5"), volumeMounts, lifecycle },
    { name: "second", image, command: shell("cat /v/hook"), volumeMounts },
  ];
  const pod = podOf("", { containers, volumes: [{ name: "v", emptyDir: { medium: "Memory" } }] });
  const { answer } = await answerOf(pod);
  assert.equal(answer.containers[1]?.logs, "done\n");
});

test("a first container that never comes up, however often it is started, holds nobody", {
  ...{ skip, timeout: 240_000 },
}, async () => {
  const failing = { postStart: { exec: { command: ["false"] } } };
  const firsts = [
    { command: shell(LISTENER), lifecycle: failing },
    { command: ["nosuch"], lifecycle: failing },
    { command: shell("exit 1"), lifecycle: { postStart: { exec: { command: ["sleep", "60"] } } } },
  ];
  for (const first of firsts) {
    const containers = [
      { name: "first", image, ...first },
      { name: "second", image, command: shell(`echo second; ${LISTENER}`) },
    ];
    const spec = { containers, restartPolicy: "Always", terminationGracePeriodSeconds: 1 };
    const running = start(lab, podOf("", spec), ["--restarts", "always", "--no-prefix"]);
    await running.printed("second\n");
    running.process.kill("SIGTERM");
    const { stderr } = await running.ended;
    const events = stderr.split("\n");
    const told = (text: RegExp): number => events.findIndex((line) => text.test(line));
    // One after the other, as the kubelet starts them.
    const over = told(/^ +(?:FailedPostStartHook|Failed) +first: /);
    if (over >= 0) assert.ok(over < told(/^ +Started +second: /), stderr);
  }
});

test("a postStart hook that fails ends its container", { skip }, async () => {
  const lifecycle = { postStart: { exec: { command: ["false"] } } };
  const { code, answer } = await answerOf(podOf(LISTENER, {}, { lifecycle }));
  assert.equal(code, 0);
  assert.deepEqual(eventsOf(answer).slice(-2), [
    "FailedPostStartHook: PostStartHook failed",
    "Killing: FailedPostStartHook",
  ]);
  assert.equal(answer.phase, "Succeeded");
});

test("preStop comes before the signal; what it lasts counts as grace", { skip }, async () => {
  const lifecycle = { preStop: { exec: { command: shell("echo hook >/proc/1/fd/1") } } };
  const running = start(lab, podOf(`echo up; ${LISTENER}`, {}, { lifecycle }), ["--no-prefix"]);
  await running.printed("up");
  running.process.kill("SIGTERM");
  const { code, stdout, stderr } = await running.ended;
  assert.equal(code, 0);
  assert.equal(stdout, "up\nhook\nbye\n");
  assert.match(stderr, /Killing {5}c: Stopping container c/);
});

test("preStop that fails is told; one that hangs ends with the grace", { skip }, async () => {
  const containers = [
    {
      ...{ name: "fails", image, command: shell(LISTENER) },
      lifecycle: { preStop: { exec: { command: ["false"] } } },
    },
    {
      ...{ name: "hangs", image, command: shell(LISTENER) },
      lifecycle: { preStop: { exec: { command: ["sleep", "60"] } } },
    },
    {
      ...{ name: "asks", image, command: shell(LISTENER) },
      lifecycle: { preStop: { httpGet: { path: "/", port: 9 } } },
    },
  ];
  const begun = Date.now();
  const pod = podOf("", { containers, terminationGracePeriodSeconds: 3 });
  const { answer } = await answerOf(pod, ["--timeout", "2"]);
  const failed = eventsOf(answer).filter((event) => event.startsWith("FailedPreStopHook"));
  // The one that hangs ends with its container, and that is a failure too.
  assert.deepEqual(failed, Array(3).fill("FailedPreStopHook: PreStopHook failed"));
  assert.ok(Date.now() - begun < 20_000);
  for (const { logs } of answer.containers) assert.equal(logs, "bye\n");
  assert.deepEqual(leftovers(lab), []);
});

test("activeDeadlineSeconds: the kubelet's reason and message, whatever restarts", {
  skip,
}, async () => {
  const spec = { restartPolicy: "Always", activeDeadlineSeconds: 2 };
  const { code, answer } = await answerOf(podOf(LISTENER, spec));
  assert.equal(code, 0);
  const { phase, reason, message } = answer;
  assert.deepEqual([phase, reason], ["Failed", "DeadlineExceeded"]);
  assert.equal(message, "Pod was active on the node longer than the specified deadline");
  assert.deepEqual(eventsOf(answer).slice(-2), [
    `DeadlineExceeded: ${message}`,
    "Killing: Stopping container c",
  ]);
});

test("sidecars are told with the others, and get their signal last, in reverse order", {
  skip,
}, async () => {
  const side = (name: string): object => ({
    ...{ name, image, restartPolicy: "Always" },
    command: shell(`trap "echo ${name}; exit 0" TERM; while :; do sleep 0.1; done`),
  });
  const main = shell(
    'trap "sleep 0.5; echo main; exit 0" TERM; echo up; while :; do sleep 0.1; done',
  );
  const pod = podOf("", {
    initContainers: [side("one"), side("two")],
    containers: [{ name: "c", image, command: main }],
  });
  const running = start(lab, pod, ["--no-prefix"]);
  await running.printed("up");
  running.process.kill("SIGTERM");
  const { stdout } = await running.ended;
  assert.equal(stdout, "up\nmain\ntwo\none\n");
});

test("CrashLoopBackOff in the status, and the words of the kubelet", { skip }, async () => {
  const pod = podOf("exit 3", { restartPolicy: "Always" });
  const words = ["--restarts", "always", "--timeout", "4", "-o", "yaml", "--watch"];
  const { code, stdout, stderr } = await runCommand(lab, pod, words);
  assert.equal(code, 3);
  assert.match(stdout, /^ {4}restartCount: 1$/m);
  assert.match(
    stdout,
    /^ {4}lastState:\n {6}terminated:\n {8}containerID: runc:\/\/t-[-\d]+\/c-0\n {8}exitCode: 3$/m,
  );
  assert.match(stderr, /^NAME {3}READY {3}STATUS/);
  assert.match(stderr, /^t {6}0\/1 {5}CrashLoopBackOff {5}1 \(\d+s ago\)/m);
});

test("a container that its kubelet would start again says so", { skip }, async () => {
  const { code, answer } = await answerOf(podOf("exit 6", { restartPolicy: "OnFailure" }));
  assert.equal(code, 6);
  assert.deepEqual((answer as Answer & { notes?: unknown }).notes, [
    "a kubelet would start c again (restartPolicy: OnFailure) and tell phase Running, not Failed; --restarts does so here",
  ]);
});
