import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundPod } from "../lifecycle/detachedPods.ts";
import { psTable } from "./psTable.ts";

const NOW = Date.parse("2026-11-28T18:00:10Z");

function pod(name: string, told: Partial<FoundPod> = {}): FoundPod {
  const line = { name, ready: "1/1", status: "Running", restarts: "0", age: "" };
  const status = { phase: "Running", conditions: [] };
  const times = { status, startTime: "2026-11-28T18:00:00Z", isRunning: true, hasEnded: false };
  return {
    id: `${name}-10851-4323544-4026531836`,
    name,
    namespace: "default",
    line,
    ...times,
    ...told,
  } as FoundPod;
}

const again = (finishedAt: string): object => ({
  ...{ name: "c", restartCount: 12, state: {} },
  lastState: { terminated: { finishedAt } },
});

const waiting = { name: "t", ready: "0/1", status: "ImagePullBackOff", restarts: "0", age: "" };

test("with ids where there is room", () => {
  assert.equal(
    psTable([pod("web")], NOW, 160),
    "NAMESPACE   NAME   READY   STATUS    RESTARTS   AGE   ID\ndefault     web    1/1     Running   0          10s   web-10851-4323544-4026531836\n",
  );
});

test("80 columns hold a pod in trouble", () => {
  const line = { ...waiting, name: "crash", restarts: "12 (0s ago)" };
  const containerStatuses = [again("2026-11-28T17:55:07Z"), again("2026-11-28T17:50:00Z")];
  const status = { phase: "Running", conditions: [], containerStatuses };
  const text = psTable([pod("crash", { line, status })], NOW, 80);
  assert.match(text, / 12 \(5m3s ago\) /);
  for (const row of text.split("\n")) assert.ok(row.length <= 80, row);
  assert.match(text, /AGE\n/);
});

test("two of one name are told apart by their ids", () => {
  assert.match(psTable([pod("web"), pod("web", { isRunning: false })], NOW, 60), / ID\n/);
});

test("a pod that ended while it waited did not get lost", () => {
  const ended = { isRunning: false, hasEnded: true, line: waiting };
  assert.match(psTable([pod("t", ended)], NOW, 160), / ImagePullBackOff /);
  assert.match(psTable([pod("t", { ...ended, hasEnded: false })], NOW, 160), / Lost /);
  const line = { ...waiting, ready: "2/2", status: "Running" };
  const lost = { isRunning: false, hasEnded: false, line };
  assert.match(psTable([pod("t", lost)], NOW, 160), / 0\/2 +Lost /);
});
