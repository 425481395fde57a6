// `secctx run --engine`: what each prints of what it sent, its choice, its refusals, and what a killed run leaves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openCri } from "../../src/engines/cri/client.ts";
import { openDocker } from "../../src/engines/docker/client.ts";
import {
  type Daemon,
  lacksContainerd,
  lacksDocker,
  startContainerd,
  startDockerd,
} from "../daemons.ts";
import { leftovers, makeLab, podOf, removeLab, runCommand, start } from "../run/run.ts";

const skip = lacksDocker() ?? lacksContainerd() ?? false;
const lab = makeLab();
let docker: Daemon | undefined;
let containerd: Daemon | undefined;

before(async () => {
  if (skip !== false) return;
  [docker, containerd] = await Promise.all([startDockerd(), startContainerd()]);
  process.env["DOCKER_HOST"] = `unix://${docker.socket}`;
  process.env["CONTAINER_RUNTIME_ENDPOINT"] = `unix://${containerd.socket}`;
});
after(async () => {
  await Promise.all([docker?.stop(), containerd?.stop()]);
  removeLab(lab);
});

const HARDENED = podOf("id -u", {}, { securityContext: { runAsUser: 1000 } });

test("docker: the create requests, and dockershim's and Docker's rules", { skip }, async () => {
  const words = ["--engine", "docker", "--show", "docker", "--probe", "-o", "json"];
  const { code, stdout, stderr } = await runCommand(lab, HARDENED, words);
  const answer = JSON.parse(stdout);
  assert.equal(code, 0, stderr);
  assert.equal(answer.engine.name, "docker");
  assert.equal(answer.engine.rulesOf, `docker ${/^\d+\.\d+/.exec(answer.engine.version)?.[0]}`);
  assert.equal(answer.containers[0].logs, "1000\n");
  assert.deepEqual(answer.containers[0].differences, []);
  assert.match(stderr, /POST \/containers\/create/);
  assert.match(stderr, /"User": ?"1000/);
  assert.match(stderr, /seccomp=unconfined/);
});

test("cri: the messages, and containerd's rules", { skip }, async () => {
  const words = ["--engine", "cri", "--show", "cri", "--probe", "-o", "json"];
  const { code, stdout, stderr } = await runCommand(lab, HARDENED, words);
  const answer = JSON.parse(stdout);
  assert.equal(code, 0, stderr);
  assert.equal(answer.engine.name, "containerd");
  assert.equal(answer.engine.rulesOf, `containerd ${/^\d+\.\d+/.exec(answer.engine.version)?.[0]}`);
  assert.deepEqual(answer.containers[0].differences, []);
  assert.match(stderr, /RunPodSandbox[\s\S]*CreateContainer/);
  assert.match(stderr, /"run_as_user"/);
});

test("auto explains its choice", { skip }, async () => {
  const { code, stderr } = await runCommand(lab, HARDENED, ["--engine", "auto"]);
  assert.equal(code, 0);
  assert.match(stderr, /^engine cri: a CRI runtime answers at /m);
});

test("what an engine is not sent cannot be shown", { skip }, async () => {
  const { code, stderr } = await runCommand(lab, HARDENED, ["--engine", "cri", "--show", "oci"]);
  assert.equal(code, 125);
  assert.match(stderr, /--show oci: the runtime is sent CRI messages/);
});

test("rules of another runtime than the engine's are refused", { skip }, async () => {
  const words = ["--engine", "docker", "--runtime", "containerd@2.1"];
  const { code, stderr } = await runCommand(lab, HARDENED, words);
  assert.equal(code, 125);
  assert.match(stderr, /--runtime containerd@2\.1: this engine is docker /);
});

test("no daemon: said in a sentence", { skip }, async () => {
  const other = {
    ...lab,
    environment: { ...lab.environment, DOCKER_HOST: "unix:///nowhere.sock" },
  };
  const { code, stderr } = await runCommand(other, HARDENED, ["--engine", "docker"]);
  assert.equal(code, 125);
  assert.match(stderr, /^secctx: no Docker Engine answers at \/nowhere\.sock: /m);
});

test("exec probes and hooks run inside on every engine", { skip }, async () => {
  const probed = podOf(
    "while ! test -e /tmp/ok; do sleep 0.05; done; cat /tmp/ok",
    {},
    {
      lifecycle: { postStart: { exec: { command: ["sh", "-c", "echo hooked >/tmp/ok"] } } },
    },
  );
  for (const engine of ["docker", "cri"]) {
    const { code, stdout } = await runCommand(lab, probed, ["--engine", engine, "-o", "json"]);
    assert.equal(code, 0, `${engine}: ${stdout}`);
    assert.equal(JSON.parse(stdout).containers[0].logs, "hooked\n", engine);
  }
});

test("a killed run's containers go with the next run", { skip, timeout: 120_000 }, async () => {
  const memory = { volumes: [{ name: "m", emptyDir: { medium: "Memory" } }] };
  const mount = { volumeMounts: [{ name: "m", mountPath: "/m" }] };
  for (const engine of ["docker", "cri"]) {
    const sleeping = podOf("echo up; sleep 1000", memory, mount);
    const killed = start(lab, sleeping, ["--engine", engine]);
    await killed.printed("up");
    killed.process.kill("SIGKILL");
    await killed.ended;
    const { code } = await runCommand(lab, HARDENED, ["--engine", engine]);
    assert.equal(code, 0);
  }
  const { client } = await openDocker(docker?.socket ?? "");
  assert.deepEqual(await client.listContainers({ all: true }), []);
  const cri = await openCri(containerd?.socket ?? "");
  assert.deepEqual((await cri.runtime.listPodSandbox({})).items, []);
  cri.close();
  assert.deepEqual(leftovers(lab), []);
});
