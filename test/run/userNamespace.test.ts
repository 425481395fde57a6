// hostUsers: false for real: ids of the pod's own, files that appear as its own, and nothing of it that reaches the host.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "./run.ts";

/** A new namespace has settings of its own; these are the host's. */
const HOST_SETTINGS = [
  "kernel/hostname",
  "net/ipv4/ip_unprivileged_port_start",
  "net/ipv4/ping_group_range",
].map((name) => `/proc/sys/${name}`);
const settings = (): string[] => HOST_SETTINGS.map((file) => readFileSync(file, "utf8"));

const skip = cannotRun() ?? false;
const lab = makeLab();
// The pod's ids have to pass through the folder that holds its root file system.
chmodSync(lab.folder, 0o711);
const hostFolder = join(lab.folder, "volume");
mkdirSync(hostFolder);
const before = settings();
after(() => {
  assert.deepEqual(settings(), before, "the host's own settings are as they were");
  removeLab(lab);
});

const VOLUMES = {
  volumes: [
    { name: "empty", emptyDir: {} },
    { name: "memory", emptyDir: { medium: "Memory" } },
    { name: "host", hostPath: { path: hostFolder } },
  ],
};
const MOUNTS = {
  volumeMounts: ["empty", "memory", "host"].map((name) => ({ name, mountPath: `/${name}` })),
};

interface Answer {
  readonly phase: string;
  readonly leftBehind: readonly string[];
  readonly containers: readonly {
    readonly logs: string;
    readonly observed: { readonly status: { readonly Uid: string } };
    readonly differences: readonly unknown[];
  }[];
}

async function run(pod: object, words: readonly string[] = []): Promise<Answer> {
  const { stdout, stderr } = await runCommand(lab, pod, ["-o", "json", ...words]);
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout);
}

for (const shareProcessNamespace of [false, true]) {
  test(`root inside is nobody outside; shared processes: ${shareProcessNamespace}`, {
    skip,
  }, async () => {
    const script = [
      "awk '{print $1, $3}' /proc/self/uid_map",
      "stat -c %u:%g / /etc/hosts /empty /memory /host",
      "touch /file /empty/file /memory/file /host/file && stat -c %u:%g /file /host/file",
      "hostname",
    ];
    const pod = podOf(
      script.join("; "),
      { hostUsers: false, shareProcessNamespace, ...VOLUMES },
      MOUNTS,
    );
    const { containers, leftBehind } = await run(pod, ["--probe"]);
    const [container] = containers;
    assert.equal(container?.logs, ["0 65536", ...Array(7).fill("0:0"), "t", ""].join("\n"));
    assert.deepEqual(container?.differences, []);
    const uid = Number(container?.observed.status.Uid.split(" ")[0]);
    assert.ok(uid >= 65536 && uid % 65536 === 0, `the host calls it ${uid}`);
    // What the pod writes into a folder of the host belongs to whom it says.
    assert.equal(statSync(join(hostFolder, "file")).uid, 0);
    assert.deepEqual(leftBehind, []);
    assert.deepEqual(leftovers(lab), []);
  });
}

test("pods at once have ids of their own", { skip }, async () => {
  const pod = podOf("sleep 1; awk '{print $2}' /proc/self/uid_map", { hostUsers: false });
  const answers = await Promise.all([run(pod), run(pod)]);
  const firsts = answers.map(({ containers }) => containers[0]?.logs);
  assert.equal(new Set(firsts).size, 2, firsts.join());
  assert.deepEqual(leftovers(lab), []);
});

test("a folder that its ids may not pass through is named before anything starts", {
  skip,
}, async () => {
  chmodSync(lab.folder, 0o700);
  try {
    const { code, stderr } = await runCommand(lab, podOf("true", { hostUsers: false }));
    assert.equal(code, 125);
    assert.match(
      stderr,
      new RegExp(`^secctx: hostUsers: false: .* ${lab.folder}: chmod o\\+x`, "m"),
    );
  } finally {
    chmodSync(lab.folder, 0o711);
  }
  assert.deepEqual(leftovers(lab), []);
});
