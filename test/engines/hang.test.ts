// Daemons that hang: the kubelet's words when their time is over, an end in bounded time, and what could not be removed is told.
import assert from "node:assert/strict";
import { createServer as createHttp2Server } from "node:http2";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { codeOf, isUnanswered, needAnswer, openCri } from "../../src/engines/cri/client.ts";
import {
  type Daemon,
  lacksContainerd,
  lacksDocker,
  startContainerd,
  startDockerd,
} from "../daemons.ts";
import {
  leftovers,
  makeLab,
  podOf,
  type Running,
  removeLab,
  runCommand,
  start,
} from "../run/run.ts";

const lab = makeLab();
const closers: (() => void)[] = [];
after(() => {
  for (const close of closers) close();
  removeLab(lab);
});

/** Takes every connection and says nothing on it. */
async function silent(name: string): Promise<string> {
  const path = join(lab.folder, name);
  const connections = new Set<Socket>();
  const server = createServer((connection) => {
    connections.add(connection);
    connection.on("error", () => {});
    connection.resume();
  });
  await listening(server, path);
  closers.push(() => {
    server.close();
    for (const connection of connections) connection.destroy();
  });
  return path;
}

function listening(server: Pick<Server, "listen">, path: string): Promise<void> {
  return new Promise((resolve) => server.listen(path, () => resolve()));
}

/** An event of the pod. */
function told(running: Running, reason: string): Promise<void> {
  return new Promise((resolve) => {
    running.process.stderr?.on("data", (text: string) => {
      if (text.includes(reason)) resolve();
    });
  });
}

const ENDPOINTS = { docker: "DOCKER_HOST", cri: "CONTAINER_RUNTIME_ENDPOINT" } as const;
const WHO = { docker: "Docker Engine at", cri: "the runtime at" } as const;
const SKIPS = { docker: lacksDocker() ?? false, cri: lacksContainerd() ?? false };
const STARTS = { docker: startDockerd, cri: startContainerd };

for (const engine of ["docker", "cri"] as const) {
  test(`${engine}: a daemon that never answers is said to in a sentence`, async () => {
    const socket = await silent(`${engine}.sock`);
    const environment = { ...lab.environment, [ENDPOINTS[engine]]: `unix://${socket}` };
    const words = ["--engine", engine, "--runtime-request-timeout", "1"];
    const { code, stderr } = await runCommand({ ...lab, environment }, podOf("true"), words);
    assert.equal(code, 125, stderr);
    assert.equal(
      stderr,
      `secctx: ${WHO[engine]} ${socket} does not answer: context deadline exceeded\n`,
    );
  });

  test(`${engine}: a daemon that is not there: where it was looked for, and what to do`, async () => {
    const socket = join(lab.folder, "nosuch.sock");
    const environment = { ...lab.environment, [ENDPOINTS[engine]]: `unix://${socket}` };
    const words = ["--engine", engine];
    const { code, stderr } = await runCommand({ ...lab, environment }, podOf("true"), words);
    assert.equal(code, 125, stderr);
    const [, who, todo] =
      /^secctx: no (.*) answers at (?:.*): connect ENOENT .*?; (start|install) /.exec(stderr) ?? [];
    assert.equal(who, { docker: "Docker Engine", cri: "CRI runtime" }[engine], stderr);
    assert.ok(todo !== undefined && stderr.includes(`${ENDPOINTS[engine]} is unix://${socket}\n`));
  });

  const options = { skip: SKIPS[engine], timeout: 240_000 };
  test(`${engine}: a daemon that stops answering while the pod runs`, options, async () => {
    const daemon: Daemon = await STARTS[engine]();
    try {
      const endpoint = { [ENDPOINTS[engine]]: `unix://${daemon.socket}` };
      const here = { ...lab, environment: { ...lab.environment, ...endpoint } };
      const pod = podOf("echo up; sleep 1000", { terminationGracePeriodSeconds: 1 });
      const words = ["--engine", engine, "--runtime-request-timeout", "20"];
      const running = start(here, pod, words);
      await Promise.all([running.printed("up"), told(running, "Started")]);
      process.kill(daemon.pid, "SIGSTOP");
      running.process.kill("SIGINT");
      const { code, stderr } = await running.ended;
      process.kill(daemon.pid, "SIGCONT");
      assert.equal(code, 125, stderr);
      assert.match(stderr, /^secctx: .* does not answer: context deadline exceeded$/m);
      assert.doesNotMatch(stderr, /\n\s+at /);
      // The next run finds what that one could not remove.
      const next = await runCommand(here, podOf("echo next"), ["--engine", engine]);
      assert.equal(next.code, 0, next.stderr);
      assert.deepEqual(leftovers(lab), []);
    } finally {
      process.kill(daemon.pid, "SIGCONT");
      await daemon.stop();
    }
  });
}

/** Passes everything on to the daemon but the second start, the pod's container's, which is never answered. */
async function deafToStart(daemon: string): Promise<string> {
  const path = join(lab.folder, "deaf.sock");
  const connections = new Set<Socket>();
  let starts = 0;
  const server = createServer((client) => {
    const upstream = connect(daemon);
    for (const one of [client, upstream]) {
      connections.add(one);
      one.on("error", () => {});
    }
    upstream.pipe(client);
    client.on("end", () => upstream.end());
    client.on("data", (bytes: Buffer) => {
      if (/^POST \S+\/start[? ]/m.test(bytes.toString("latin1"))) starts += 1;
      if (starts < 2) upstream.write(bytes);
    });
  });
  await listening(server, path);
  closers.push(() => {
    server.close();
    for (const one of connections) one.destroy();
  });
  return path;
}

test("docker: a start that is not answered in time: RunContainerError, and the status says why", {
  skip: SKIPS.docker,
  timeout: 240_000,
}, async () => {
  const daemon = await startDockerd();
  try {
    const socket = await deafToStart(daemon.socket);
    const environment = { ...lab.environment, DOCKER_HOST: `unix://${socket}` };
    const words = ["--engine", "docker", "--runtime-request-timeout", "10", "-o", "json"];
    const { code, stdout, stderr } = await runCommand({ ...lab, environment }, podOf("id"), words);
    assert.equal(code, 125, stderr);
    const { phase, reason, message, events } = JSON.parse(stdout);
    assert.deepEqual(
      [phase, reason, message],
      ["Pending", "RunContainerError", "context deadline exceeded"],
    );
    assert.equal(events.at(-1).message, "Error: context deadline exceeded");
  } finally {
    await daemon.stop();
  }
});

test("cri: calls without an answer end in the kubelet's words, later ones sooner", async () => {
  const path = join(lab.folder, "http2.sock");
  const server = createHttp2Server(() => {});
  await listening(server, path);
  const client = await openCri(path, 500);
  closers.push(() => server.close(), client.close);
  for (const call of [
    () => client.runtime.version({}),
    () => client.runtime.startContainer({ containerId: "x" }),
    () => client.images.imageStatus({ image: { image: "x" } }),
  ]) {
    const error = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.deepEqual(
      [needAnswer(error, path), codeOf(error), isUnanswered(error)],
      ["context deadline exceeded", "DeadlineExceeded", true],
    );
  }
});
