// The networks of `secctx run`: the loopback, the host's, and user mode with published ports.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { after, afterEach, test } from "node:test";
import { defaultRoute } from "../../src/node/defaultRoute.ts";
import { findProgram } from "../../src/node/programs.ts";
import {
  cannotRun,
  leftovers,
  makeLab,
  podOf,
  type Running,
  removeLab,
  runCommand,
  start,
} from "./run.ts";

const skip = cannotRun() ?? false;
const route = defaultRoute();
const skipPasta = skip || cannotPasta() || false;
const lab = makeLab();
const started: Running[] = [];
after(() => removeLab(lab));
// A test that fails leaves its pod running: it must not fail the next one too.
afterEach(async () => {
  for (const run of started.splice(0)) {
    run.process.kill("SIGKILL");
    await run.ended;
  }
});

function startPod(...how: Parameters<typeof start>): Running {
  const run = start(...how);
  started.push(run);
  return run;
}

function cannotPasta(): string | undefined {
  if (findProgram("pasta") === undefined) return "needs pasta (Debian's passt)";
  if (!existsSync("/dev/net/tun")) return "needs /dev/net/tun";
  return route === undefined ? "needs a default route" : undefined;
}

/** Says `hello` to whoever connects, until it is asked to end. */
const SERVER = `trap "exit 0" TERM; echo up; while :; do nc -l -p 8080 -e echo hello & wait $!; done`;

test("by default the pod has the loopback only", { skip }, async () => {
  const { stdout } = await runCommand(lab, podOf("ls /sys/class/net"), ["--no-prefix", "-q"]);
  assert.deepEqual(namesIn(stdout).includes("lo"), true);
  assert.deepEqual(namesIn(stdout).includes(route?.interface ?? "eth0"), false);
});

test("--network host is hostNetwork: true, at the probe too", { skip }, async () => {
  const pod = podOf("readlink /proc/self/ns/net");
  const { code, stdout } = await runCommand(lab, pod, ["--network", "host", "--probe"]);
  assert.equal(code, 0, stdout);
  assert.ok(stdout.includes(readlinkSync("/proc/self/ns/net")), stdout);
});

test("pasta gives the pod the machine's address, and publishes ports", {
  skip: skipPasta,
}, async () => {
  const [told, own, further] = [await freePort(), await freePort(), await freePort()];
  const ports = [{ containerPort: 8080, hostPort: own, hostIP: "127.0.0.1" }];
  const fieldRef = { fieldPath: "status.podIP" };
  const env = [{ name: "IP", valueFrom: { fieldRef } }];
  const script = `echo ip=$IP; grep "$IP" /etc/hosts; ip -4 -o addr; ${SERVER}`;
  const other = { containerPort: 8081, hostPort: further };
  const pod = podOf(script, {}, { env, ports: [...ports, other] });
  const run = startPod(lab, pod, ["-p", `127.0.0.1:${told}:8080`, "-o", "text"]);
  await isUp(run);
  // Two ports here lead to one of the container.
  assert.equal(await answerOf(told), "hello\n");
  assert.equal(await answerOf(own), "hello\n");
  run.process.kill("SIGTERM");
  const { stdout } = await run.ended;
  assert.ok(stdout.includes(`ip=${route?.address}\n`), stdout);
  assert.ok(stdout.includes(`${route?.address}\tt\n`), stdout);
  assert.ok(stdout.includes(`inet ${route?.address}/`), stdout);
  await assert.rejects(answerAt(told), { code: "ECONNREFUSED" });
  await assert.rejects(answerAt(own), { code: "ECONNREFUSED" });
  assert.deepEqual(leftovers(lab), []);
});

test("hostPorts of the pod are published, and the probe stays true", {
  skip: skipPasta,
}, async () => {
  const hostPort = await freePort();
  const pod = podOf(SERVER, {}, { ports: [{ containerPort: 8080, hostPort }] });
  const run = startPod(lab, pod, ["--network", "pasta", "--probe"]);
  await isUp(run);
  assert.equal(await answerOf(hostPort), "hello\n");
  run.process.kill("SIGTERM");
  const { code, stdout } = await run.ended;
  assert.notEqual(code, 1, stdout);
});

test("pasta keeps two capabilities, and dies with a secctx that is killed", {
  skip: skipPasta,
}, async () => {
  const port = await freePort();
  const run = startPod(lab, podOf(SERVER), ["-p", `127.0.0.1:${port}:8080`]);
  await isUp(run);
  const [pid, ...others] = pastas();
  assert.ok(pid !== undefined && others.length === 0, `pasta: ${[pid, ...others].join()}`);
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  // CAP_SYS_ADMIN, by which it enters the namespace, and CAP_NET_BIND_SERVICE.
  assert.match(status, /^CapEff:\t0000000000200400$/m);
  assert.match(status, /^NoNewPrivs:\t1\nSeccomp:\t2$/m);
  run.process.kill("SIGKILL");
  await run.ended;
  await until(() => pastas().length === 0 && leftovers(lab).length === 0);
});

test("a port that is taken is told in pasta's words, and nothing is left", {
  skip: skipPasta,
}, async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { readonly port: number };
  const { code, stderr } = await runCommand(lab, podOf("true"), ["-p", `127.0.0.1:${port}:80`]);
  server.close();
  assert.equal(code, 125);
  assert.match(stderr, /^secctx: pasta gave the pod no network: .*bind/m);
  assert.deepEqual(leftovers(lab), []);
});

/** A run that ends before has failed. */
async function isUp(run: Running): Promise<void> {
  const early = run.ended.then(({ stdout, stderr }) => assert.fail(stdout + stderr));
  await Promise.race([run.printed("up\n"), early]);
  early.catch(() => {});
}

function namesIn(text: string): string[] {
  return text.split(/\s+/);
}

/** Numbers of the pastas whose namespace lies in the lab. */
function pastas(): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return (
        words[0]?.endsWith("pasta") === true && words.some((word) => word.startsWith(lab.folder))
      );
    } catch {
      return false;
    }
  });
}

function answerAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    connect(port, "127.0.0.1")
      .setEncoding("utf8")
      .on("data", (piece: string) => {
        text += piece;
      })
      .on("error", reject)
      .on("close", () => resolve(text));
  });
}

/** pasta takes a connection before anybody listens inside, and closes it: the server is asked until it is there. */
async function answerOf(port: number): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const text = await answerAt(port).catch(() => "");
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return "";
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}

test("dnsPolicy None leaves the pod its dnsConfig only", { skip }, async () => {
  const dnsConfig = { nameservers: ["192.0.2.53"], options: [{ name: "ndots", value: "2" }] };
  const pod = podOf("cat /etc/resolv.conf", { dnsPolicy: "None", dnsConfig });
  const { stdout } = await runCommand(lab, pod, ["--no-prefix", "-q"]);
  assert.equal(stdout, "nameserver 192.0.2.53\noptions ndots:2\n");
});
