import assert from "node:assert/strict";
import { hostname } from "node:os";
import { test } from "node:test";
import type { FoundPod } from "../lifecycle/detachedPods.ts";
import { type PsForm, psTable } from "./psTable.ts";

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

function form(columns: number, told: Partial<PsForm> = {}): PsForm {
  return { ofOne: false, wide: false, columns, ...told };
}

const again = (finishedAt: string): object => ({
  ...{ name: "c", restartCount: 12, state: {} },
  lastState: { terminated: { finishedAt } },
});

const waiting = { name: "t", ready: "0/1", status: "ImagePullBackOff", restarts: "0", age: "" };

test("with ids where there is room", () => {
  assert.equal(
    psTable([pod("web")], NOW, form(160)),
    "NAMESPACE   NAME   READY   STATUS    RESTARTS   AGE   ID\ndefault     web    1/1     Running   0          10s   web-10851-4323544-4026531836\n",
  );
});

test("80 columns hold a pod in trouble", () => {
  const line = { ...waiting, name: "crash", restarts: "12 (0s ago)" };
  const containerStatuses = [again("2026-11-28T17:55:07Z"), again("2026-11-28T17:50:00Z")];
  const status = { phase: "Running", conditions: [], containerStatuses };
  const text = psTable([pod("crash", { line, status })], NOW, form(80));
  assert.match(text, / 12 \(5m3s ago\) /);
  for (const row of text.split("\n")) assert.ok(row.length <= 80, row);
  assert.match(text, /AGE\n/);
});

test("two of one name are told apart by their ids", () => {
  assert.match(psTable([pod("web"), pod("web", { isRunning: false })], NOW, form(60)), / ID\n/);
});

test("a pod that ended while it waited did not get lost", () => {
  const ended = { isRunning: false, hasEnded: true, line: waiting };
  assert.match(psTable([pod("t", ended)], NOW, form(160)), / ImagePullBackOff /);
  assert.match(psTable([pod("t", { ...ended, hasEnded: false })], NOW, form(160)), / Lost /);
  const line = { ...waiting, ready: "2/2", status: "Running" };
  const lost = { isRunning: false, hasEnded: false, line };
  assert.match(psTable([pod("t", lost)], NOW, form(160)), / 0\/2 +Lost /);
});

test("of one namespace its name is told by nobody", () => {
  const text = psTable([pod("web")], NOW, form(160, { ofOne: true }));
  assert.equal(
    text,
    "NAME   READY   STATUS    RESTARTS   AGE   ID\nweb    1/1     Running   0          10s   web-10851-4323544-4026531836\n",
  );
});

test("wide: kubectl's further columns, however long the lines", () => {
  const status = { phase: "Running", conditions: [], podIP: "10.0.0.7" };
  const rows = psTable([pod("web", { status, containers: ["c"] })], NOW, form(80, { wide: true }));
  const [head = "", row = ""] = rows.split("\n");
  assert.match(head, /AGE {3}IP {9}NODE +NOMINATED NODE {3}READINESS GATES {3}ID$/);
  assert.match(
    row,
    new RegExp(` 10s   10\\.0\\.0\\.7   ${hostname()} +<none> +<none> +web-10851-`),
  );
});
