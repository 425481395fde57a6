// Volumes of pods that really run: what is in them, their modes, and the kubelet's words where they cannot be had.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { parse } from "yaml";
import { CONFIG_MAP, fileIn, SECRET } from "./objects.ts";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

test("volumes of everything at once, each with its mode; what is optional is left out", {
  skip,
}, async () => {
  const sources = [
    { configMap: { name: "settings", items: [{ key: "COLOUR", path: "deep/c", mode: 0o400 }] } },
    { configMap: { name: "settings", optional: true, items: [{ key: "nokey", path: "z" }] } },
    { secret: { name: "keys", items: [{ key: "PLAIN", path: "p" }] } },
    { secret: { name: "nosuch", optional: true } },
    { downwardAPI: { items: [{ path: "ns", fieldRef: { fieldPath: "metadata.namespace" } }] } },
    { serviceAccountToken: { path: "token", audience: "me" } },
  ];
  const volumes = [
    { name: "all", projected: { defaultMode: 0o440, sources } },
    { name: "none", configMap: { name: "nosuch", optional: true } },
    { name: "keys", secret: { secretName: "keys", defaultMode: 0o400 } },
    { name: "settings", configMap: { name: "settings" } },
    { name: "room", emptyDir: { medium: "Memory", sizeLimit: "5Mi" } },
  ];
  const env = [{ name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }];
  const volumeMounts = [
    ...["all", "none", "keys"].map((name) => ({ name, mountPath: `/${name}` })),
    { name: "settings", mountPath: "/one/file", subPath: "file.txt" },
    { name: "room", mountPath: "/room", subPathExpr: "of-$(POD)" },
  ];
  const script = `cd /all; stat -L -c '%n %a %u:%g' deep/c p ns token /keys/TOKEN /one/file
    ls /none /all; cat deep/c p ns /one/file; echo; df -k /room | tail -1 | awk '{print $2}'
    touch /room/mine && ls -d /room/mine`;
  const { code, stdout, stderr } = await runCommand(
    lab,
    fileIn(lab, "volumes", podOf(script, { volumes }, { env, volumeMounts }), [CONFIG_MAP, SECRET]),
    ["--no-prefix"],
  );
  assert.equal(code, 0, stderr);
  assert.deepEqual(stdout.split("\n"), [
    ...["deep/c 400 0:0", "p 440 0:0", "ns 440 0:0", "token 440 0:0"],
    ...["/keys/TOKEN 400 0:0", "/one/file 644 0:0"],
    ...["/all:", "deep", "ns", "p", "token", "", "/none:"],
    ...["bluepdefaulttext", "5120", "/room/mine", ""],
  ]);
});

test("volumes that cannot be set up or mounted: the kubelet's reason and message", {
  skip,
}, async () => {
  const items = [{ key: "nokey", path: "x" }];
  const set = 'MountVolume.SetUp failed for volume "v" : ';
  const config = "CreateContainerConfigError";
  const rows: readonly (readonly [
    volume: object,
    mount: object,
    reason: string,
    message: string,
  ])[] = [
    [{ secret: { secretName: "x" } }, {}, "FailedMount", `${set}secret "x" not found`],
    [
      { configMap: { name: "settings", items } },
      {},
      ...(["FailedMount", `${set}configmap references non-existent config key: nokey`] as const),
    ],
    [
      { secret: { secretName: "keys", items } },
      {},
      ...(["FailedMount", `${set}references non-existent secret key: nokey`] as const),
    ],
    [
      { hostPath: { path: "/dev/null", type: "Directory" } },
      {},
      "FailedMount",
      `${set}hostPath type check failed: /dev/null is not a directory, it's a CharDevice`,
    ],
    [{ persistentVolumeClaim: { claimName: "x" } }, {}, "Unschedulable", UNSCHEDULABLE],
    [{ emptyDir: {} }, { subPathExpr: "$(NO)" }, config, "missing value for NO"],
  ];
  for (const [index, [volume, mount, reason, message]] of rows.entries()) {
    const volumes = [{ name: "v", ...volume }];
    const volumeMounts = [{ name: "v", mountPath: "/v", ...mount }];
    const pod = podOf("id", { volumes }, { volumeMounts });
    const file = fileIn(lab, `volume${index}`, pod, [CONFIG_MAP, SECRET]);
    const { code, stdout } = await runCommand(lab, file, ["-o", "json"]);
    const answer = JSON.parse(stdout);
    assert.deepEqual(
      [code, answer.phase, answer.reason, answer.message],
      [125, "Pending", reason, message],
    );
  }
});

const UNSCHEDULABLE =
  '0/1 nodes are available: persistentvolumeclaim "x" not found. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';

test("a pod whose claim is missing comes to no node, unless it names one", { skip }, async () => {
  const spec = { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "x" } }] };
  const mounts = { volumeMounts: [{ name: "v", mountPath: "/v" }] };
  // No container need mount it.
  const text = await runCommand(lab, podOf("id", spec), ["--color", "never"]);
  assert.equal(text.code, 125);
  assert.match(text.stderr.replace(/\s+/g, " "), new RegExp(` FailedScheduling ${UNSCHEDULABLE} `));
  const yaml = await runCommand(lab, podOf("id", spec, mounts), ["-o", "yaml"]);
  const { spec: told, status } = parse(yaml.stdout);
  assert.equal(told.nodeName, undefined);
  const [condition, ...others] = status.conditions;
  assert.deepEqual(others, []);
  assert.deepEqual(
    [condition.type, condition.status, condition.reason, condition.message],
    ["PodScheduled", "False", "Unschedulable", UNSCHEDULABLE],
  );
  assert.deepEqual(
    [status.phase, status.startTime, status.hostIP, status.containerStatuses],
    ["Pending", undefined, undefined, undefined],
  );
  const node = await runCommand(lab, podOf("id", { ...spec, nodeName: "n" }, mounts), [
    "-o",
    "json",
  ]);
  assert.match(
    JSON.parse(node.stdout).message,
    /error processing PVC default\/x: failed to fetch PVC from API server: persistentvolumeclaims "x" not found$/,
  );
  const watched = await runCommand(lab, podOf("id", spec), ["-q", "--watch"]);
  assert.match(watched.stderr, /^t +0\/1 +Pending +0 /m);
});

test("a Secret that is larger than the pod's memory: the volume is full, and the sandbox goes again", {
  skip,
}, async () => {
  const large = {
    kind: "Secret",
    metadata: { name: "large" },
    stringData: { k: "x".repeat(9000) },
  };
  const pod = podOf(
    "id",
    { volumes: [{ name: "v", secret: { secretName: "large" } }] },
    {
      volumeMounts: [{ name: "v", mountPath: "/v" }],
      resources: { limits: { memory: "8192" } },
    },
  );
  const file = fileIn(lab, "large", pod, [{ apiVersion: "v1", ...large }]);
  const { code, stdout } = await runCommand(lab, file, ["-o", "json"]);
  const { phase, reason, message, containers } = JSON.parse(stdout);
  assert.deepEqual([code, phase, reason], [125, "Pending", "FailedMount"]);
  assert.match(
    message,
    /^MountVolume\.SetUp failed for volume "v" : write \/(?!proc).*\/k: no space left on device$/,
  );
  assert.deepEqual(containers[0].state, { waiting: { reason: "ContainerCreating" } });
  assert.deepEqual(leftovers(lab), []);
});
