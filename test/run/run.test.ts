// Pods that really run: what they print, how they end, what they leave.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  cannotRun,
  cgroupsOf,
  leftovers,
  makeLab,
  podOf,
  removeLab,
  runCommand,
  secctx,
  start,
} from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

function clean(pid: number | undefined): void {
  assert.deepEqual(leftovers(lab), []);
  if (pid !== undefined) assert.deepEqual(cgroupsOf([pid]), []);
}

test("output, exit code and events of a container", { skip }, async () => {
  const running = start(lab, podOf("echo out; echo err >&2; printf tail; exit 7"));
  const { code, stdout, stderr } = await running.ended;
  assert.equal(code, 7);
  assert.equal(stdout, "c | out\nc | tail\n");
  assert.match(stderr, /^c \| err$/m);
  assert.match(stderr, /Created {5}c: Container created\n {2}Started {5}c: Container started\n/);
  assert.match(stderr, /Failed {6}c Error, exit code 7\n$/);
  clean(running.process.pid);
});

test("what the API server warns about is told, and drawn names are names", { skip }, async () => {
  const pod = podOf("echo ran", { securityContex: { runAsUser: 1000 } });
  const metadata = { generateName: "drawn-" };
  const said = await runCommand(lab, { ...pod, metadata });
  assert.equal(said.code, 0, said.stderr);
  assert.match(
    said.stderr,
    /^Warning: unknown field "spec\.securityContex"; did you mean securityContext\? \(<stdin>:1:\d+\)\npod default\/drawn-[b-z2-9]{5} /,
  );
  const json = await runCommand(lab, pod, ["-o", "json"]);
  assert.deepEqual(JSON.parse(json.stdout).warnings, ['unknown field "spec.securityContex"']);
});

test("what the API server refuses is told as check tells it, with line and hint", {
  skip,
}, async () => {
  const file = join(lab.folder, "typo.yaml");
  const container = "{ name: c, image: demo/busybox:1, securityContext: { runAsNonRoot: 'true' } }";
  writeFileSync(
    file,
    `apiVersion: v1\nkind: Pod\nmetadata: { name: t }\nspec:\n  containers:\n  - ${container}\n`,
  );
  const { code, stderr } = await runCommand(lab, file);
  assert.equal(code, 125);
  const block = stderr.slice(0, stderr.indexOf("\n\n"));
  assert.match(
    block,
    /typo\.yaml:6:58 {2}container c\n {3}6 \| .*\n {5}\| {2} *\^{12}\n {2}refusal {2}Pod in version/,
  );
  assert.match(block, /^ {2}hint {5}write true without quotes$/m);
  assert.match(stderr, /\n\n {2}Refused {5}BadRequest\n$/);
  const checked = (await secctx(lab, ["check", file, "--level", "privileged"])).stdout;
  assert.ok(checked.includes(block), checked);
  const json = JSON.parse((await runCommand(lab, file, ["-o", "json"])).stdout);
  assert.equal(json.reason, "BadRequest");
  assert.deepEqual([json.findings[0].line, json.findings[0].column], [6, 58]);
});

test("the Namespace in the files enforces its level", { skip }, async () => {
  const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "default", labels } };
  const items = [namespace, podOf("echo ran")];
  const { code, stderr } = await runCommand(lab, { apiVersion: "v1", kind: "List", items });
  assert.equal(code, 125);
  assert.match(
    stderr,
    /^ {2}refusal {2}allowPrivilegeEscalation != false \(container "c" must set$/m,
  );
  assert.match(stderr, /Refused {5}Forbidden\n$/);
});

test("-o json: one object, in the order and words of the contract", { skip }, async () => {
  const { code, stdout } = await runCommand(
    lab,
    podOf("echo out; echo msg >/dev/termination-log"),
    ["-o", "json"],
  );
  const answer = JSON.parse(stdout);
  assert.equal(code, 0);
  assert.deepEqual(Object.keys(answer), [
    ...["pod", "engine", "phase", "reason", "message", "exitCode", "containers", "events"],
    "leftBehind",
  ]);
  assert.deepEqual(answer.pod, { name: "t", namespace: "default" });
  assert.equal(answer.engine.rulesOf, "containerd 2.1");
  assert.equal(answer.phase, "Succeeded");
  assert.equal(answer.containers[0].logs, "out\n");
  assert.equal(answer.containers[0].state.terminated.message, "msg\n");
  assert.deepEqual(
    answer.events.map((event: { reason: string }) => event.reason),
    ["Pulled", "Created", "Started"],
  );
  assert.deepEqual(answer.leftBehind, []);
});

test("a program that is not there: the runtime's words in containerd's frame", {
  skip,
}, async () => {
  const running = start(lab, podOf("", {}, { command: ["nosuch"] }), ["-o", "json"]);
  const { code, stdout } = await running.ended;
  const { containers } = JSON.parse(stdout);
  assert.equal(code, 128);
  assert.equal(containers[0].state.terminated.reason, "StartError");
  assert.equal(containers[0].state.terminated.startedAt, "1970-01-01T00:00:00Z");
  assert.match(
    containers[0].state.terminated.message,
    /^failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: .*exec: "nosuch": executable file not found in \$PATH$/,
  );
  clean(running.process.pid);
});

test("runAsNonRoot is refused by the kubelet, and nothing runs", { skip }, async () => {
  const pod = podOf("id", { securityContext: { runAsNonRoot: true } });
  const { code, stdout } = await runCommand(lab, pod, ["-o", "json"]);
  const { phase, reason, message } = JSON.parse(stdout);
  assert.equal(code, 125);
  assert.equal(phase, "Pending");
  assert.equal(reason, "CreateContainerConfigError");
  assert.match(
    message,
    /^container has runAsNonRoot and image will run as root \(pod: "t_default\(/,
  );
  clean(undefined);
});

test("init containers in order, a sidecar beside them that is ended last", { skip }, async () => {
  const image = "demo/busybox:1";
  const volumeMounts = [{ name: "v", mountPath: "/v" }];
  const shell = (script: string): string[] => ["sh", "-c", script];
  const pod = podOf("cat /v/first; sleep 0.3", {
    volumes: [{ name: "v", emptyDir: { medium: "Memory" } }],
    initContainers: [
      { name: "first", image, command: shell("echo one >/v/first"), volumeMounts },
      {
        ...{ name: "side", image, restartPolicy: "Always" },
        command: shell('trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.1; done'),
      },
    ],
    containers: [{ name: "c", image, command: shell("cat /v/first; sleep 0.3"), volumeMounts }],
  });
  const running = start(lab, pod);
  const { code, stdout } = await running.ended;
  assert.equal(code, 0);
  assert.equal(stdout, "side  | up\nc     | one\nside  | bye\n");
  clean(running.process.pid);
});

test("an init container that fails ends the pod", { skip }, async () => {
  const initContainers = [{ name: "i", image: "demo/busybox:1", command: ["false"] }];
  const { code, stdout } = await runCommand(lab, podOf("id", { initContainers }), ["-o", "json"]);
  const answer = JSON.parse(stdout);
  assert.equal(code, 125);
  assert.equal(answer.phase, "Failed");
  assert.equal(answer.containers[1].state.waiting.reason, "PodInitializing");
});

test("restarts by the restart policy, with the kubelet's back-off", { skip }, async () => {
  const pod = podOf("exit 3", { restartPolicy: "OnFailure" });
  const words = ["--restarts", "2", "--back-off-scale", "0.01", "-o", "json"];
  const { code, stdout } = await runCommand(lab, pod, words);
  const answer = JSON.parse(stdout);
  assert.equal(code, 3);
  assert.equal(answer.containers[0].restartCount, 2);
  const reasons = answer.events.map((event: { reason: string }) => event.reason);
  assert.deepEqual(reasons, [
    ...["Pulled", "Created", "Started", "Pulled", "Created", "Started", "BackOff"],
    ...["Pulled", "Created", "Started"],
  ]);
});

test("Ctrl-C asks the container to end and waits for it, also where it is told twice", {
  skip,
}, async () => {
  const running = start(
    lab,
    podOf('trap "sleep 0.5; echo bye; exit 5" TERM; echo up; while :; do sleep 0.1; done'),
  );
  await running.printed("up");
  // As `timeout` does: its command, and then its process group.
  running.process.kill("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 10));
  running.process.kill("SIGINT");
  const { code, stdout } = await running.ended;
  assert.equal(code, 5);
  assert.equal(stdout, "c | up\nc | bye\n");
  clean(running.process.pid);
});

test("a container that does not listen is killed after its grace; --timeout asks", {
  skip,
}, async () => {
  const pod = podOf('trap "" TERM; while :; do sleep 0.1; done', {
    terminationGracePeriodSeconds: 1,
  });
  const running = start(lab, pod, ["--timeout", "2"]);
  const { code } = await running.ended;
  assert.equal(code, 137);
  clean(running.process.pid);
});

test("--probe sees a process that ends at once, and it is as predicted", { skip }, async () => {
  const pod = podOf("", { shareProcessNamespace: true }, { command: ["true"] });
  const { code, stdout } = await runCommand(lab, pod, ["--probe", "-o", "json"]);
  const [{ predicted, observed, differences }] = JSON.parse(stdout).containers;
  assert.equal(code, 0);
  assert.deepEqual(differences, []);
  assert.deepEqual(observed.status, predicted.status);
  assert.equal(observed.namespaces.pid, "sandbox");
  assert.equal(observed.namespaces.net, "sandbox");
  assert.equal(observed.namespaces.mnt, "own");
});

test("host namespaces are the host's, and every process sees them so", { skip }, async () => {
  const pod = podOf("hostname", { hostNetwork: true, hostPID: true, hostIPC: true });
  const { code, stdout } = await runCommand(lab, pod, ["--probe", "-o", "json"]);
  const [{ observed, differences, logs }] = JSON.parse(stdout).containers;
  assert.equal(code, 0);
  assert.deepEqual(differences, []);
  const { net, pid, ipc, uts } = observed.namespaces;
  assert.deepEqual([net, pid, ipc, uts], ["host", "host", "host", "host"]);
  assert.equal(logs.trim(), hostname());
});

test("sysctls, environment and host name of a sandbox", { skip }, async () => {
  const script =
    "cat /proc/sys/kernel/shm_rmid_forced /proc/sys/net/ipv4/ip_unprivileged_port_start; hostname; echo $A";
  const env = [
    { name: "B", value: "x" },
    { name: "A", value: "$(B)-$(C)-$$(B)" },
  ];
  const sysctls = [{ name: "kernel.shm_rmid_forced", value: "1" }];
  const { stdout } = await runCommand(
    lab,
    podOf(script, { securityContext: { sysctls } }, { env }),
    ["--no-prefix"],
  );
  assert.equal(stdout, "1\n0\nt\nx-$(C)-$(B)\n");
});

test("what cannot be run is said in a sentence", { skip }, async () => {
  const rows: readonly (readonly [words: readonly string[], said: RegExp])[] = [
    [["--oci-runtime", "/nonexistent"], /^secctx: no OCI runtime at \/nonexistent/],
    [["--timeout", "-1"], /^secctx: --timeout -1: write a number of seconds, 0 or more$/m],
    [["--restarts", "few"], /^secctx: --restarts few: write a number, 0 or more, or always$/m],
    [["--pod", "other"], /^secctx: --pod other: the files hold t$/m],
  ];
  for (const [words, said] of rows) {
    const { code, stderr } = await runCommand(lab, podOf("id"), words);
    assert.equal(code, 125, words.join(" "));
    assert.match(stderr, said);
    assert.doesNotMatch(stderr, /\n\s+at /);
  }
});
