// Probes of pods that really run: what the kubelet would say, and what it would do.
import assert from "node:assert/strict";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

interface Event {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

interface Answer {
  readonly phase: string;
  readonly containers: readonly {
    readonly restartCount: number;
    readonly state: { readonly running?: object };
  }[];
  readonly events: readonly Event[];
}

/** Serves /ok, /missing is 404, and ends when it is asked to. */
const SERVER =
  'mkdir /w; echo fine >/w/ok; httpd -p 8080 -h /w; trap "exit 0" TERM; while :; do sleep 0.1; done';

async function answerOf(
  pod: object,
  words: readonly string[],
): Promise<Answer & { readonly code: number | null }> {
  const { code, stdout } = await runCommand(lab, pod, ["-o", "json", ...words]);
  return { ...(JSON.parse(stdout) as Answer), code };
}

function told(answer: Answer, reason: string): string[] {
  return answer.events.filter((event) => event.reason === reason).map(({ message }) => message);
}

const READY = ["--until", "ready", "--timeout", "20"];

test("httpGet, tcpSocket and exec from inside the pod's network: ready", { skip }, async () => {
  const probes = {
    startupProbe: { exec: { command: ["test", "-e", "/w/ok"] }, periodSeconds: 1 },
    readinessProbe: { httpGet: { path: "/ok", port: "web" }, periodSeconds: 1 },
    livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
    ports: [{ name: "web", containerPort: 8080 }],
  };
  const { code, stdout } = await runCommand(lab, podOf(SERVER, {}, probes), [
    ...READY,
    ...["-o", "yaml"],
  ]);
  assert.equal(code, 0);
  assert.match(stdout, /^ {2}phase: Running$/m);
  assert.match(
    stdout,
    /^ {4}ready: true\n {4}resources: \{\}\n {4}restartCount: 0\n {4}started: true\n {4}state:\n {6}running:/m,
  );
  for (const type of ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady"]) {
    assert.match(stdout, new RegExp(`^ {4}status: "True"\\n {4}type: ${type}$`, "m"));
  }
  assert.deepEqual(leftovers(lab), []);
});

test("a readiness probe that fails: the kubelet's words for each kind", { skip }, async () => {
  const rows: readonly (readonly [probe: object, message: RegExp])[] = [
    [
      { httpGet: { path: "/missing", port: 8080 } },
      /^Readiness probe failed: HTTP probe failed with statuscode: 404$/,
    ],
    [
      { httpGet: { path: "/ok", port: 9 } },
      /^Readiness probe failed: Get "http:\/\/127\.0\.0\.1:9\/ok": dial tcp 127\.0\.0\.1:9: connect: connection refused$/,
    ],
    [
      { httpGet: { path: "/ok", port: "nosuch" } },
      /^Readiness probe errored and resulted in unknown state: port "nosuch" not found$/,
    ],
    [
      { tcpSocket: { port: 9 } },
      /^Readiness probe failed: dial tcp 127\.0\.0\.1:9: connect: connection refused$/,
    ],
    [{ exec: { command: ["cat", "/nosuch"] } }, /^Readiness probe failed: cat: .*No such file/],
    [
      { exec: { command: ["sleep", "10"] }, timeoutSeconds: 1 },
      /^Readiness probe failed: command timed out: "sleep 10" timed out after 1s$/,
    ],
    [
      { exec: { command: ["nosuch"] } },
      /^Readiness probe errored and resulted in unknown state: rpc error: code = Unknown desc = failed to exec in container: failed to start exec "exec": OCI runtime exec failed: exec failed: .*exec: "nosuch": executable file not found in \$PATH$/,
    ],
    [
      { grpc: { port: 9 }, timeoutSeconds: 1 },
      /^Readiness probe failed: timeout: failed to connect service "127\.0\.0\.1:9" within 1s: context deadline exceeded$/,
    ],
  ];
  const image = "demo/busybox:1";
  const containers = rows.map(([readinessProbe], index) => ({
    ...{ name: `c${index}`, image, command: ["sh", "-c", index === 0 ? SERVER : "sleep 3.5"] },
    readinessProbe: { ...readinessProbe, periodSeconds: 1 },
  }));
  const answer = await answerOf(podOf("", { containers }), ["--timeout", "5"]);
  for (const [index, [, message]] of rows.entries()) {
    const objects = answer.events as readonly (Event & { readonly object: string })[];
    const own = objects.filter(({ object }) => object === `spec.containers{c${index}}`);
    const unhealthy = own.filter(({ reason }) => reason === "Unhealthy");
    assert.ok(
      unhealthy.some((event) => message.test(event.message)),
      `${message}: ${JSON.stringify(unhealthy.map((event) => event.message))}`,
    );
  }
});

test("a failed liveness probe: killed and started again, whoever exits with 0", {
  skip,
}, async () => {
  const livenessProbe = {
    ...{ exec: { command: ["false"] }, periodSeconds: 1, failureThreshold: 2 },
    terminationGracePeriodSeconds: 5,
  };
  const pod = podOf(
    'trap "exit 0" TERM; while :; do sleep 0.1; done',
    { restartPolicy: "Always" },
    { livenessProbe },
  );
  const answer = await answerOf(pod, ["--restarts", "1"]);
  assert.equal(answer.containers[0]?.restartCount, 1);
  assert.deepEqual(told(answer, "Killing"), [
    "Container c failed liveness probe, will be restarted",
    "Container c failed liveness probe, will be restarted",
  ]);
  assert.deepEqual(told(answer, "Unhealthy").slice(0, 2), [
    "Liveness probe failed: ",
    "Liveness probe failed: ",
  ]);
});

test("a startup probe holds the others back, and its failure ends the container", {
  skip,
}, async () => {
  const pod = podOf(
    'trap "exit 4" TERM; while :; do sleep 0.1; done',
    {},
    {
      startupProbe: { exec: { command: ["false"] }, periodSeconds: 1, failureThreshold: 2 },
      livenessProbe: { exec: { command: ["false"] }, periodSeconds: 1, failureThreshold: 1 },
    },
  );
  const answer = await answerOf(pod, []);
  assert.equal(answer.code, 4);
  assert.deepEqual(told(answer, "Killing"), ["Container c failed startup probe"]);
  assert.deepEqual(told(answer, "Unhealthy"), ["Startup probe failed: ", "Startup probe failed: "]);
});

test("grpc: the health protocol over HTTP/2, its status by its name", { skip }, async () => {
  const server = createServer();
  const asked: string[] = [];
  server.on("stream", (stream, headers) => {
    asked.push(`${headers[":path"]} ${headers["user-agent"]}`);
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      const service = Buffer.concat(parts).subarray(7).toString();
      stream.respond({ "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      // HealthCheckResponse: 1 is SERVING, 2 NOT_SERVING.
      stream.end(Buffer.from([0, 0, 0, 0, 2, 8, service === "good" ? 1 : 2]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const image = "demo/busybox:1";
  const command = ["sleep", "3"];
  const probe = (service: string): object => ({ grpc: { port, service }, periodSeconds: 1 });
  const containers = [
    { name: "good", image, command, readinessProbe: probe("good") },
    { name: "bad", image, command, readinessProbe: probe("bad") },
  ];
  try {
    const answer = await answerOf(podOf("", { hostNetwork: true, containers }), []);
    assert.deepEqual(
      new Set(told(answer, "Unhealthy")),
      new Set(['Readiness probe failed: service unhealthy (responded with "NOT_SERVING")']),
    );
    assert.ok(asked.includes("/grpc.health.v1.Health/Check kube-probe/1.37"), asked[0]);
  } finally {
    server.close();
  }
});
