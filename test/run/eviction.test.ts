// An emptyDir that outgrows its sizeLimit: the pod is evicted, as the kubelet says it; one on a tmpfs is full.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

function writer(emptyDir: object, script: string): object {
  return podOf(
    script,
    { terminationGracePeriodSeconds: 600, volumes: [{ name: "x", emptyDir }] },
    { volumeMounts: [{ name: "x", mountPath: "/x" }] },
  );
}

test("more than sizeLimit on disk: Evicted, with a second to go", { skip }, async () => {
  // The shell is the first process and has no handler, so SIGTERM does not end it.
  const pod = writer({ sizeLimit: "1Mi" }, "dd if=/dev/zero of=/x/f bs=64k count=64; sleep 1000");
  const { code, stdout } = await runCommand(lab, pod, ["-o", "json"]);
  const { phase, reason, message, events, leftBehind } = JSON.parse(stdout);
  assert.deepEqual(
    [code, phase, reason, message],
    [137, "Failed", "Evicted", 'Usage of EmptyDir volume "x" exceeds the limit "1Mi". '],
  );
  const evicted = events.find((event: { reason: string }) => event.reason === "Evicted");
  assert.deepEqual([evicted.type, evicted.message], ["Warning", message]);
  assert.deepEqual([leftBehind, leftovers(lab)], [[], []]);
});

test("a tmpfs has its limit as its size, and less than the limit is no matter", {
  skip,
}, async () => {
  const memory = writer(
    { medium: "Memory", sizeLimit: "1Mi" },
    "dd if=/dev/zero of=/x/f bs=64k count=64 2>&1; sleep 2",
  );
  const full = await runCommand(lab, memory);
  assert.equal(full.code, 0, full.stderr);
  assert.match(full.stdout, /No space left on device/);
  const small = writer({ sizeLimit: "64Mi" }, "echo much >/x/f; sleep 2");
  assert.equal((await runCommand(lab, small)).code, 0);
});
