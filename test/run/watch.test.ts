// `run --watch`: the lines that `kubectl get pod --watch` would show, and none that it would not.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { cannotRun, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

/** READY, STATUS and the number of RESTARTS of each line. */
async function watched(pod: object, words: readonly string[] = []): Promise<string[]> {
  const { stderr } = await runCommand(lab, pod, ["-q", "--watch", ...words]);
  return [...stderr.matchAll(/^t +(\d\/\d) +(\S+) +(\d+) .*$/gm)].map(([, ...cells]) =>
    cells.join(" "),
  );
}

const AGAIN = ["--back-off-scale", "0.05", "--restarts"];

test("a container without probes is ready as soon as it runs", { skip }, async () => {
  assert.deepEqual(await watched(podOf("sleep 0.5; exit 3")), [
    ...["0/1 ContainerCreating 0", "1/1 Running 0", "0/1 Error 0"],
  ]);
});

test("a restart is counted when it has come", { skip }, async () => {
  const pod = podOf("sleep 0.5; exit 3", { restartPolicy: "Always" });
  assert.deepEqual(await watched(pod, [...AGAIN, "2"]), [
    ...["0/1 ContainerCreating 0", "1/1 Running 0", "0/1 Error 0"],
    ...["1/1 Running 1", "0/1 Error 1", "0/1 CrashLoopBackOff 1"],
    ...["1/1 Running 2", "0/1 Error 2"],
  ]);
  const done = podOf("sleep 0.5", { restartPolicy: "Always" });
  assert.deepEqual((await watched(done, [...AGAIN, "1"])).slice(2), [
    ...["0/1 Completed 0", "1/1 Running 1", "0/1 Completed 1"],
  ]);
});

test("a container that cannot be started waits to be started again", { skip }, async () => {
  const pod = podOf("", { restartPolicy: "Always" }, { command: ["nosuch"] });
  assert.deepEqual(await watched(pod, [...AGAIN, "1"]), [
    ...["0/1 ContainerCreating 0", "0/1 RunContainerError 0", "0/1 StartError 1"],
  ]);
  assert.deepEqual(await watched(podOf("", {}, { command: ["nosuch"] })), [
    ...["0/1 ContainerCreating 0", "0/1 StartError 0"],
  ]);
});
