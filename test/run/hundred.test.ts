// A hundred pods run and removed, a few at a time, leave no process, mount, cgroup, namespace or file.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { cannotRun, cgroupsOf, leftovers, makeLab, podOf, removeLab } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

const PODS = 100;

/** Namespaces that processes with the lab's environment live in, beside this test's own. */
function namespaces(): Set<string> {
  const found = new Set<string>();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    for (const kind of ["mnt", "net", "ipc", "uts", "pid", "cgroup"]) {
      try {
        found.add(readlinkSync(`/proc/${pid}/ns/${kind}`));
      } catch {
        // Gone meanwhile.
      }
    }
  }
  return found;
}

test("a hundred pods leave nothing", { skip }, async () => {
  const file = join(lab.folder, "pod.json");
  const image = "demo/busybox:1";
  const pod = podOf("echo ran", {
    initContainers: [{ name: "i", image, command: ["true"] }],
    volumes: [
      { name: "v", emptyDir: { medium: "Memory" } },
      { name: "p", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } },
    ],
    shareProcessNamespace: true,
    containers: ["a", "b"].map((name) => ({
      ...{ name, image, command: ["sh", "-c", "echo ran; sleep 1000 & exit 0"] },
      volumeMounts: [
        { name: "v", mountPath: "/v", subPath: "part" },
        { name: "p", mountPath: "/p" },
      ],
    })),
  });
  writeFileSync(file, JSON.stringify(pod));
  const before = namespaces();
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "test/run/manyPods.ts", join(lab.folder, "images"), String(PODS), file],
    { env: { ...process.env, ...lab.environment }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(code, 0, stderr);
  assert.equal(stderr, "");
  const lines = stdout.split("\n");
  assert.equal(lines.filter((line) => / \| ran$/.test(line)).length, 2 * PODS);
  assert.equal(lines.at(-2), `codes ${"0".repeat(PODS)}`);
  assert.deepEqual(leftovers(lab), []);
  assert.deepEqual(cgroupsOf([child.pid ?? 0]), []);
  // Other tests may make namespaces meanwhile, but those that a hundred pods left would be many.
  const made = [...namespaces()].filter((name) => !before.has(name));
  assert.ok(made.length < PODS / 2, `${made.length} namespaces more`);
});
