// What is said before a pod starts: services, capabilities that do nothing, and that one of several pods is run.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileIn } from "./objects.ts";
import { cannotRun, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

const WEB = {
  ...{ apiVersion: "v1", kind: "Service", metadata: { name: "my-web" } },
  spec: { clusterIP: "10.0.0.7", ports: [{ name: "http", port: 80 }] },
};
const LATE = {
  ...{ apiVersion: "v1", kind: "Service", metadata: { name: "late" } },
  spec: { ports: [{ port: 80 }] },
};

test("services of the same file are variables; without an address they are told", {
  skip,
}, async () => {
  const script = 'echo "$MY_WEB_SERVICE_HOST|$MY_WEB_PORT_80_TCP_ADDR|$URL|$0|$LATE_SERVICE_HOST"';
  const container = {
    env: [{ name: "URL", value: "$(MY_WEB_PORT)" }],
    command: ["sh", "-c", script, "$(MY_WEB_SERVICE_PORT_HTTP)"],
  };
  const file = fileIn(lab, "services", podOf("", {}, container), [WEB, LATE]);
  const { code, stdout, stderr } = await runCommand(lab, file, ["--no-prefix"]);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "10.0.0.7|10.0.0.7|tcp://10.0.0.7:80|80|\n");
  assert.match(
    stderr,
    /^secctx: service late has no clusterIP: a cluster gives it one and tells it to the pod \(LATE_SERVICE_HOST …\); here nothing does$/m,
  );
  const alone = podOf("", { enableServiceLinks: false }, container);
  const quiet = await runCommand(lab, fileIn(lab, "alone", alone, [WEB, LATE]), ["--no-prefix"]);
  assert.equal(quiet.stdout, "||$(MY_WEB_PORT)|$(MY_WEB_SERVICE_PORT_HTTP)|\n");
  assert.doesNotMatch(quiet.stderr, /late/);
});

const CAPABILITIES = {
  securityContext: {
    runAsUser: 1000,
    capabilities: { add: ["NET_ADMIN", "FOO"], drop: ["CAP_NET_RAW"] },
  },
};
const SAID = [
  /^c: containerd puts "CAP_" in front of every name, so "CAP_NET_RAW" becomes "CAP_CAP_NET_RAW" \(write NET_RAW\): nothing is dropped \(.+:\d+:\d+\)$/,
  /^c: "CAP_FOO" is no capability of this kernel: nothing is added \(.+:\d+:\d+\)$/,
  /^c: NET_ADMIN is added, but a process of uid 1000 loses it at exec: only a program whose file carries it \(setcap\) or a setuid-root one has it \(.+:\d+:\d+\)$/,
];

test("capabilities that do nothing are told once, as check tells them; not with -q", {
  skip,
}, async () => {
  const file = fileIn(lab, "capabilities", podOf("true", {}, CAPABILITIES), []);
  const text = await runCommand(lab, file);
  const lines = text.stderr.split("\n").map((line) => line.replace(/^secctx: /, ""));
  for (const said of SAID) assert.equal(lines.filter((line) => said.test(line)).length, 1);
  const quiet = await runCommand(lab, file, ["-q"]);
  assert.equal(quiet.stderr, "");
  const { notes } = JSON.parse((await runCommand(lab, file, ["-o", "json"])).stdout);
  for (const said of SAID) assert.equal(notes.filter((one: string) => said.test(one)).length, 1);
  // Of the Pod they are no part.
  const yaml = await runCommand(lab, file, ["-o", "yaml"]);
  assert.doesNotMatch(yaml.stdout, /EndedBySecctx|loses it at exec/);
  const plain = await runCommand(lab, podOf("true"));
  assert.doesNotMatch(plain.stderr, /^secctx:/m);
});

test("-o json tells that one of several pods is run", { skip }, async () => {
  const { spec } = podOf("true") as { spec: { containers: object[] } };
  const deployment = {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d" } },
    spec: {
      ...{ replicas: 3, selector: { matchLabels: { a: "b" } } },
      template: { metadata: { labels: { a: "b" } }, spec: { containers: spec.containers } },
    },
  };
  const { stdout } = await runCommand(lab, deployment, ["-o", "json"]);
  assert.equal(JSON.parse(stdout).notes[0], "one of 3 pods is run (Deployment, replicas: 3)");
});
