// Phase, conditions and kubectl's line, from containers' states.
import assert from "node:assert/strict";
import { test } from "node:test";
import { containersOf, type Pod } from "../core/model/pod.ts";
import { conditionsOf } from "./conditions.ts";
import { type ContainerRecord, newRecord, type Terminated } from "./containerRecord.ts";
import { getPhase } from "./phase.ts";
import { humanDuration, statusLine } from "./statusLine.ts";

const START = "2026-01-01T00:00:00Z";
const NOW = Date.parse("2026-01-01T00:01:00Z");

function ended(exitCode: number): Terminated {
  const reason = exitCode === 0 ? "Completed" : "Error";
  const finishedAt = "2026-01-01T00:00:55Z";
  return { terminated: { exitCode, reason, startedAt: START, finishedAt } };
}

type Change = Partial<ContainerRecord>;
const UP: Change = { state: { running: { startedAt: START } }, started: true, ready: true };
const UNREADY: Change = { ...UP, ready: false };
const BACK_OFF: Change = {
  ...{ state: { waiting: { reason: "CrashLoopBackOff" } }, lastState: ended(3), restartCount: 2 },
};

interface Row {
  readonly restartPolicy?: string;
  readonly init?: readonly Change[];
  readonly sidecars?: readonly Change[];
  readonly main: readonly Change[];
  readonly terminal?: boolean;
  /** READY, STATUS and RESTARTS. */
  readonly line: readonly [string, string, string];
  readonly phase: string;
  readonly ready: string;
}

const ROWS: readonly Row[] = [
  {
    ...{ main: [{}], phase: "Pending" },
    ...{ line: ["0/1", "ContainerCreating", "0"], ready: "ContainersNotReady [c0]" },
  },
  { main: [UP, UP], line: ["2/2", "Running", "0"], phase: "Running", ready: "True" },
  {
    ...{ main: [UP, UNREADY], line: ["1/2", "Running", "0"], phase: "Running" },
    ready: "ContainersNotReady [c1]",
  },
  {
    ...{ main: [{ state: ended(0) }], restartPolicy: "Never", phase: "Succeeded" },
    ...{ line: ["0/1", "Completed", "0"], ready: "PodCompleted" },
  },
  {
    ...{ main: [{ state: ended(3) }, { state: ended(0) }], restartPolicy: "Never" },
    ...{ line: ["0/2", "Error", "0"], phase: "Failed", ready: "PodFailed" },
  },
  {
    ...{ main: [{ state: ended(0) }], restartPolicy: "Always", terminal: true },
    ...{ line: ["0/1", "Completed", "0"], phase: "Succeeded", ready: "PodCompleted" },
  },
  {
    ...{ main: [{ state: ended(0) }, UP], restartPolicy: "OnFailure", phase: "Running" },
    ...{ line: ["1/2", "NotReady", "0"], ready: "ContainersNotReady [c0]" },
  },
  {
    ...{ main: [BACK_OFF], line: ["0/1", "CrashLoopBackOff", "2 (5s ago)"], phase: "Running" },
    ready: "ContainersNotReady [c0]",
  },
  {
    ...{ init: [{ state: ended(0) }, UP], main: [{}], phase: "Pending" },
    ...{ line: ["0/1", "Init:1/2", "0"], ready: "ContainersNotReady [c0]" },
  },
  {
    ...{ init: [{ state: ended(1) }], main: [{}], restartPolicy: "Never", phase: "Failed" },
    ...{ line: ["0/1", "Init:Error", "0"], ready: "PodFailed" },
  },
  {
    ...{ init: [BACK_OFF], main: [{}], phase: "Pending", ready: "ContainersNotReady [c0]" },
    line: ["0/1", "Init:CrashLoopBackOff", "2 (5s ago)"],
  },
  { sidecars: [UP], main: [UP], line: ["2/2", "Running", "0"], phase: "Running", ready: "True" },
  {
    ...{ sidecars: [{ ...UNREADY, started: false }], main: [{}], phase: "Pending" },
    ...{ line: ["0/2", "Init:0/1", "0"], ready: "ContainersNotReady [s0 c0]" },
  },
];

test("kubectl's line, the phase and the Ready condition", () => {
  for (const row of ROWS) {
    const { init = [], sidecars = [], main } = row;
    const policy = row.restartPolicy === undefined ? {} : { restartPolicy: row.restartPolicy };
    const initContainers = [
      ...init.map((_, index) => ({ name: `i${index}` })),
      ...sidecars.map((_, index) => ({ name: `s${index}`, restartPolicy: "Always" })),
    ];
    const containers = main.map((_, index) => ({ name: `c${index}` }));
    const pod: Pod = { metadata: { name: "p" }, spec: { ...policy, initContainers, containers } };
    const changes = [...init, ...sidecars, ...main];
    const records = containersOf(pod.spec).map((at, index) => ({
      ...newRecord(at, initContainers.length > 0),
      ...changes[index],
    }));
    const phase = getPhase(pod, records, row.terminal === true);
    assert.equal(phase, row.phase, JSON.stringify(row));
    const line = statusLine({
      ...{ pod, records, phase, reason: "", isBeingDeleted: false },
      ...{ startTime: Date.parse(START), now: NOW },
    });
    assert.deepEqual([line.ready, line.status, line.restarts], row.line, JSON.stringify(row));
    assert.equal(line.age, "60s");
    const facts = { pod, records, phase, kubernetes: "v1.37", sandbox: "ready" } as const;
    const ready = conditionsOf(facts).find(({ type }) => type === "Ready");
    const names = /\[.*\]/.exec(ready?.message ?? "")?.[0] ?? "";
    const told = ready?.status === "True" ? "True" : `${ready?.reason} ${names}`.trim();
    assert.equal(told, row.ready, JSON.stringify(row));
  }
});

test("kubectl's durations", () => {
  const rows: readonly (readonly [seconds: number, text: string])[] = [
    [0, "0s"],
    [119, "119s"],
    [120, "2m"],
    [185, "3m5s"],
    [3600, "60m"],
    [11_400, "3h10m"],
    [100_000, "27h"],
    [259_200, "3d"],
  ];
  for (const [seconds, text] of rows) assert.equal(humanDuration(seconds * 1000), text);
});
