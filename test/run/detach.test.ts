// Pods in the background: listed, read, entered, stopped; and nothing left of one whose secctx is killed.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  cannotRun,
  leftovers,
  makeLab,
  podOf,
  type Ran,
  removeLab,
  runCommand,
  secctx,
} from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

/** As kubectl tells one of less than three hours: a loaded machine takes its time. */
const AGE = String.raw`\d+(?:s|m|m\d+s)`;

const SERVER = 'echo up; trap "echo bye; exit 0" TERM; while :; do sleep 0.1; done';

function records(): string[] {
  const folder = join(lab.environment["SECCTX_CACHE_DIR"] ?? "", "detached");
  return existsSync(folder) ? readdirSync(folder) : [];
}

test("run --detach, ps, logs, exec, stop", { skip }, async () => {
  const container = { securityContext: { runAsUser: 1000, runAsGroup: 3000 } };
  const started = await runCommand(lab, podOf(SERVER, {}, container), ["--detach"]);
  assert.equal(started.code, 0, started.stderr);
  const id = started.stdout.trim();
  assert.match(id, /^t-\d+-\d+-\d+$/);
  const again = await runCommand(lab, podOf(SERVER), ["--detach"]);
  assert.equal(again.code, 125);
  assert.equal(again.stderr, `secctx: pods "t" already exists: secctx stop ${id} ends it\n`);
  const { stdout: table } = await secctx(lab, ["ps"]);
  assert.match(table, /^NAMESPACE {3}NAME {3}READY {3}STATUS {4}RESTARTS {3}AGE +ID\n/);
  assert.match(table, new RegExp(`^default {5}t {6}1/1 {5}Running   0 +${AGE} +${id}$`, "m"));
  assert.equal((await secctx(lab, ["logs", "t"])).stdout, "up\n");
  const inside = await secctx(lab, ["exec", "t", "--", "sh", "-c", "id -u; id -g; exit 7"]);
  assert.deepEqual(inside, {
    ...{ code: 7, stdout: "1000\n3000\n" },
    stderr: "command terminated with exit code 7\n",
  });
  const killed = await secctx(lab, ["exec", "t", "--", "sh", "-c", "kill -9 $$"]);
  assert.deepEqual(killed, {
    ...{ code: 137, stdout: "" },
    stderr: "command terminated with exit code 137\n",
  });
  const nosuch = await secctx(lab, ["exec", "t", "--", "nosuch"]);
  assert.deepEqual(nosuch, {
    ...{ code: 2, stdout: "" },
    stderr:
      'secctx: Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "exec": OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH\n',
  });
  assert.equal(
    (await secctx(lab, ["exec", "-i", "default/t", "cat"], "through\n")).stdout,
    "through\n",
  );
  const own = await secctx(lab, ["exec", "-i", "t", "wc", "-c"], "four");
  assert.deepEqual([own.code, own.stdout.trim()], [0, "4"], own.stderr);
  const noTerminal = await secctx(lab, ["exec", "-it", "t", "--", "sh", "-c", "tty; cat"], "four");
  assert.deepEqual(noTerminal, {
    ...{ code: 0, stdout: "not a tty\nfour" },
    stderr: "Unable to use a TTY - input is not a terminal or the right kind of file\n",
  });
  const noInput = await secctx(lab, ["exec", "-t", "t", "tty"]);
  assert.deepEqual([noInput.stdout, noInput.code], ["not a tty\n", 1], noInput.stderr);
  const unknown = await secctx(lab, ["logs", "t", "-c", "nosuch"]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /^secctx: container nosuch is not valid for pod t out of: c$/m);
  const nobody = await secctx(lab, ["logs", "nosuch"]);
  assert.equal(nobody.code, 2);
  assert.match(nobody.stderr, /^secctx: pods "nosuch" not found: /m);
  const never = await secctx(lab, ["logs", "t", "-p"]);
  assert.equal(never.stderr, 'secctx: previous terminated container "c" in pod "t" not found\n');
  const stopped = await secctx(lab, ["stop", "t"]);
  assert.deepEqual([stopped.code, stopped.stdout], [0, "pod t stopped\n"]);
  assert.deepEqual([...leftovers(lab), ...records()], []);
  assert.equal((await secctx(lab, ["stop", "t"])).code, 2);
});

test("-n: pods of one name in two namespaces; ps -o as kubectl get pods", { skip }, async () => {
  for (const namespace of ["shop", "test"]) {
    const pod = podOf(`echo ${namespace}; ${SERVER}`) as { metadata: object };
    const placed = { ...pod, metadata: { ...pod.metadata, namespace } };
    const started = await runCommand(lab, placed, ["--detach", "-q"]);
    assert.equal(started.code, 0, started.stderr);
  }
  const both = await secctx(lab, ["logs", "t"]);
  assert.equal(both.code, 2);
  assert.match(both.stderr, /^secctx: 2 pods are called t: t-/);
  assert.equal(
    (await secctx(lab, ["logs", "-n", "shop", "t", "--tail", "2"])).stdout,
    "shop\nup\n",
  );
  const none = await secctx(lab, ["describe", "-n", "other", "t"]);
  assert.equal(none.code, 2);
  assert.match(none.stderr, /^secctx: pods "t" not found: /);
  assert.match((await secctx(lab, ["describe", "-n", "test", "t"])).stdout, /^Namespace: +test$/m);
  const inside = await secctx(lab, ["exec", "-n", "test", "t", "--", "echo", "in"]);
  assert.deepEqual([inside.code, inside.stdout], [0, "in\n"], inside.stderr);
  const table = (await secctx(lab, ["ps", "-n", "shop"])).stdout.split("\n");
  assert.deepEqual([table.length, table[0]?.split(/ +/)[0]], [3, "NAME"]);
  const all = (await secctx(lab, ["ps", "-n", "shop", "-A"])).stdout.split("\n");
  assert.deepEqual([all.length, all[0]?.split(/ +/)[0]], [4, "NAMESPACE"]);
  assert.equal((await secctx(lab, ["ps", "-o", "name"])).stdout, "pod/t\npod/t\n");
  const list = JSON.parse((await secctx(lab, ["ps", "-n", "test", "-o", "json"])).stdout);
  assert.deepEqual(
    [list.kind, list.items.length, list.items[0].kind, list.items[0].metadata.namespace],
    ["List", 1, "Pod", "test"],
  );
  assert.equal(list.items[0].status.phase, "Running");
  const yaml = (await secctx(lab, ["ps", "-n", "test", "-o", "yaml"])).stdout;
  assert.match(yaml, /^apiVersion: v1\nitems:\n- apiVersion: v1\n {2}kind: Pod\n/);
  const begun = Date.now();
  assert.equal((await secctx(lab, ["stop", "--now", "-n", "shop", "t"])).code, 0);
  assert.ok(Date.now() - begun < 20_000);
  assert.equal((await secctx(lab, ["stop", "t"])).code, 0);
  const empty = await secctx(lab, ["ps", "-n", "shop"]);
  assert.equal(
    empty.stderr,
    "secctx: no pod runs in the background in namespace shop: run --detach starts one\n",
  );
  assert.deepEqual([...leftovers(lab), ...records()], []);
});

test("logs of each start, of each container, from any point on", { skip }, async () => {
  const pod = podOf("", {
    restartPolicy: "Always",
    initContainers: [
      { name: "prep", image: "demo/busybox:1", command: ["printf", "prep\\0\\377"] },
    ],
    containers: [
      {
        ...{ name: "c", image: "demo/busybox:1" },
        // The second start stays.
        command: ["sh", "-c", `echo start; [ -e /v/x ] || { touch /v/x; exit 3; }; ${SERVER}`],
        volumeMounts: [{ name: "v", mountPath: "/v" }],
      },
      { name: "d", image: "demo/busybox:1", command: ["sh", "-c", `seq 1 1000; ${SERVER}`] },
    ],
    volumes: [{ name: "v", emptyDir: {} }],
  });
  const started = await runCommand(lab, pod, ["--detach", "--back-off-scale", "0"]);
  assert.equal(started.code, 0, started.stderr);
  const log = async (...words: string[]): Promise<string> =>
    (await secctx(lab, ["logs", "t", ...words])).stdout;
  // Its second start.
  for (let tries = 0; (await log("c")) !== "start\nup\n" && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(await log("c"), "start\nup\n");
  assert.equal(await log("-c", "c", "--previous"), "start\n");
  const defaulted = await secctx(lab, ["logs", "t", "--tail", "1"]);
  assert.equal(defaulted.stdout, "up\n");
  assert.equal(defaulted.stderr, 'Defaulted container "c" out of: c, d, prep (init)\n');
  const unknown = await secctx(lab, ["exec", "t", "-c", "zz", "--", "true"]);
  const words = "container zz is not valid for pod t out of: c, d, prep (init)";
  assert.deepEqual([unknown.code, unknown.stderr], [2, `secctx: ${words}\n`]);
  assert.equal(await log("d", "--tail", "3"), "999\n1000\nup\n");
  assert.equal(await log("d", "--since-time", "2999-01-01T00:00:00Z"), "");
  assert.equal((await log("d", "--since", "1h")).length, 3896);
  const { stdout: described } = await secctx(lab, ["describe", "t"]);
  assert.match(
    described,
    /^ {2}c:\n(?: {4}.*\n)* {4}Last State: {5}Terminated\n(?: {4}.*\n)* {6}Exit Code: {4}3$/m,
  );
  assert.match(described, /^ {4}Restart Count: {2}1$/m);
  // What it was asked to be stands in it, too.
  assert.match(described, /^Init Containers:\n {2}prep:\n(?: {4}.*\n)* {6}prep\\0\\377$/m);
  assert.match(described, /^ {4}Mounts:\n {6}\/v from v \(rw\)$/m);
  assert.match(described, /^Volumes:\n {2}v:\n {4}Type: {7}EmptyDir \(a temporary directory/m);
  assert.match(
    described,
    new RegExp(
      String.raw`^ {2}Normal +Started +${AGE} \(x2 over ${AGE}\) +kubelet +spec\.containers\{c\}: Container started$`,
      "m",
    ),
  );
  assert.match(
    await log("d", "--tail=1", "--timestamps"),
    /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z up\n$/,
  );
  // As Node decodes it: a NUL, and a byte that is no character.
  assert.equal(await log("prep"), "prep\0\ufffd");
  assert.equal(
    await log("--all-containers", "--prefix", "--tail", "1"),
    "[pod/t/prep] prep\0\ufffd\n[pod/t/c] up\n[pod/t/d] up\n",
  );
  // It has ended for good, though the pod lives.
  assert.equal(await log("-f", "prep"), "prep\0\ufffd");
  let followed: Promise<Ran> | undefined;
  await new Promise<void>((resolve) => {
    followed = secctx(lab, ["logs", "-f", "t", "d", "--tail", "1"], "", () => resolve());
  });
  assert.equal((await secctx(lab, ["stop", "t"])).code, 0);
  assert.equal((await followed)?.stdout, "up\nbye\n");
  assert.deepEqual([...leftovers(lab), ...records()], []);
});

test("a pod that has ended can still be read, until prune", { skip }, async () => {
  const started = await runCommand(lab, podOf("echo done; exit 3"), ["--detach"]);
  assert.equal(started.code, 0, started.stderr);
  const followed = await secctx(lab, ["logs", "-f", "t"]);
  assert.equal(followed.stdout, "done\n");
  for (let tries = 0; leftovers(lab).length > 0 && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.deepEqual(leftovers(lab), []);
  assert.match((await secctx(lab, ["ps"])).stdout, /t {6}0\/1 {5}Error {4}0/);
  const completed = await secctx(lab, ["exec", "t", "--", "id"]);
  assert.deepEqual(completed, {
    ...{ code: 2, stdout: "" },
    stderr: "secctx: cannot exec into a container in a completed pod; current phase is Failed\n",
  });
  assert.match((await secctx(lab, ["prune"])).stdout, /^removed t-/m);
  assert.deepEqual(records(), []);
});

test("a pod that cannot run is told by the command that starts it, and nothing is left", {
  skip,
}, async () => {
  const lives = { name: "d", image: "demo/busybox:1", command: ["sh", "-c", SERVER] };
  const refused = { ...lives, name: "c", command: ["nosuch"] };
  const init = { name: "i", image: "demo/busybox:1", command: ["sh", "-c", "exit 3"] };
  const absent = podOf("id", {}, { image: "demo/none:1" });
  const source = ["--image", `demo/none:1=docker-archive:${lab.folder}/images/oci-layout`];
  const rows: readonly (readonly [object, readonly string[], number, RegExp])[] = [
    [
      podOf("id", { securityContext: { runAsNonRoot: true } }),
      ...([[], 125, /container has runAsNonRoot and image will run as root/] as const),
    ],
    // The other container is ended, too.
    [podOf("", { containers: [refused, lives] }), [], 128, /"nosuch": executable file not found/],
    [
      podOf("", { restartPolicy: "Always", containers: [refused] }),
      ...([[], 128, /^ {2}\w+ +c RunContainerError, exit code 128$/m] as const),
    ],
    [
      podOf("id", { initContainers: [init] }),
      [],
      125,
      /^ {2}Failed +i \(init\) Error, exit code 3$/m,
    ],
    [absent, source, 125, /^ {2}Pending +c ErrImagePull$/m],
    [absent, [...source, "--timeout", "5"], 125, /^ {2}Pending +c ImagePullBackOff$/m],
    [
      podOf(SERVER, {}, { readinessProbe: { exec: { command: ["false"] } } }),
      ...([["--until", "ready", "--timeout", "6"], 125, /^ {2}not ready after 6 s: /m] as const),
    ],
  ];
  for (const [pod, words, exitCode, reason] of rows) {
    const { code, stdout, stderr } = await runCommand(lab, pod, ["--detach", ...words]);
    assert.match(stderr, reason);
    assert.deepEqual([code, stdout], [exitCode, ""], stderr);
    assert.deepEqual([...leftovers(lab), ...records()], [], stderr);
  }
});

test("run --detach -o json and yaml: the pod as it is when it is left running", {
  skip,
}, async () => {
  const left = await runCommand(lab, podOf(SERVER), ["--detach", "-o", "json"]);
  assert.deepEqual([left.code, left.stderr], [0, ""]);
  const { id, phase, exitCode, containers, events } = JSON.parse(left.stdout);
  assert.deepEqual(
    [phase, exitCode, Object.keys(containers[0].state)],
    ["Running", 0, ["running"]],
  );
  assert.deepEqual(
    events.map(({ reason }: { reason: string }) => reason),
    ["Pulled", "Created", "Started"],
  );
  assert.equal((await secctx(lab, ["stop", id])).code, 0);
  const yaml = await runCommand(lab, podOf(SERVER), ["--detach", "-o", "yaml"]);
  assert.match(
    yaml.stdout,
    /^apiVersion: v1\nkind: Pod\n(?:.*\n)*status:\n(?:.*\n)* {2}phase: Running\n/,
  );
  assert.equal((await secctx(lab, ["stop", "t"])).code, 0);
  const none = podOf("id", { securityContext: { runAsNonRoot: true } });
  const refused = await runCommand(lab, none, ["--detach", "-o", "json"]);
  assert.equal(refused.code, 125);
  assert.equal(JSON.parse(refused.stdout).reason, "CreateContainerConfigError");
});

test("a detached pod that --timeout ends while one of its containers waits has ended", {
  skip,
}, async () => {
  const env = [{ name: "X", valueFrom: { secretKeyRef: { name: "nosuch", key: "k" } } }];
  const c = { name: "c", image: "demo/busybox:1", command: ["sh", "-c", SERVER] };
  const pod = podOf("", { containers: [c, { ...c, name: "d", env }] });
  const started = await runCommand(lab, pod, ["--detach", "--timeout", "5"]);
  assert.equal(started.code, 0, started.stderr);
  for (let tries = 0; leftovers(lab).length > 0 && tries < 200; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.deepEqual(leftovers(lab), []);
  const [line = "{}"] = (await secctx(lab, ["ps", "-o", "jsonl"])).stdout.split("\n");
  const { isRunning, hasEnded, running } = JSON.parse(line);
  assert.deepEqual(
    { isRunning, hasEnded, running },
    { isRunning: false, hasEnded: true, running: [] },
  );
  assert.doesNotMatch((await secctx(lab, ["ps"])).stdout, /Terminating/);
  assert.equal((await secctx(lab, ["prune"])).code, 0);
});

test("kill -9 of a pod's secctx: the pod goes with it, prune the rest", { skip }, async () => {
  const started = await runCommand(lab, podOf(SERVER, { restartPolicy: "Always" }), ["--detach"]);
  const pid = Number(/^t-(\d+)-/.exec(started.stdout)?.[1]);
  process.kill(pid, "SIGKILL");
  for (let tries = 0; leftovers(lab).length > 0 && tries < 80; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.match((await secctx(lab, ["ps"])).stdout, /Lost/);
  assert.match(
    (await secctx(lab, ["describe", "t"])).stdout,
    /^Status: +Lost\nMessage: +its secctx was killed, and the pod with it$/m,
  );
  // What it had written can be read still.
  assert.equal((await secctx(lab, ["logs", "t", "-f"])).stdout, "up\n");
  assert.deepEqual(await secctx(lab, ["exec", "t", "--", "id"]), {
    ...{ code: 2, stdout: "" },
    stderr: 'secctx: unable to upgrade connection: container not found ("c")\n',
  });
  assert.equal((await secctx(lab, ["prune"])).code, 0);
  assert.deepEqual([...leftovers(lab), ...records()], []);
});

test("a container that waits for its Secret does not hold the starter of one that runs", {
  skip,
}, async () => {
  const c = { name: "c", image: "demo/busybox:1", command: ["sh", "-c", SERVER] };
  const env = [{ name: "X", valueFrom: { secretKeyRef: { name: "nosuch", key: "k" } } }];
  const pod = podOf("", { containers: [c, { ...c, name: "d", env }] });
  const { code, stdout, stderr } = await runCommand(lab, pod, ["--detach"]);
  assert.equal(code, 0, stderr);
  assert.match((await secctx(lab, ["ps"])).stdout, / t {6}1\/2 {5}CreateContainerConfigError /);
  const { code: none, stderr: why } = await secctx(lab, ["logs", "t", "d"]);
  assert.deepEqual(
    [none, why],
    [2, 'secctx: container "d" in pod "t" is waiting to start: CreateContainerConfigError\n'],
  );
  assert.equal((await secctx(lab, ["stop", stdout.trim()])).code, 0);
  assert.deepEqual(leftovers(lab), []);
});
