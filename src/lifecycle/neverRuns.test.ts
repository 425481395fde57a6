import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ContainerState,
  refusedState,
  type Terminated,
  terminated,
} from "./containerRecord.ts";
import { hasStarted, neverRuns } from "./neverRuns.ts";

const ended = terminated({ exitCode: 3, oomKilled: false }, "2026-11-29T00:00:00Z");
const refused = refusedState({ message: "no such file", step: "start" }) as Terminated;
const waiting = (reason: string): ContainerState => ({ waiting: { reason } });

const ROWS: readonly [
  state: ContainerState,
  about: { readonly lastState?: Terminated; readonly leftEnded?: true },
  answer: { readonly never: boolean; readonly started: boolean },
][] = [
  [waiting("ContainerCreating"), {}, { never: false, started: false }],
  [waiting("ImagePullBackOff"), {}, { never: false, started: false }],
  [waiting("ErrImagePull"), { leftEnded: true }, { never: true, started: false }],
  [waiting("CreateContainerConfigError"), {}, { never: true, started: false }],
  [waiting("RunContainerError"), {}, { never: true, started: false }],
  [refused, {}, { never: true, started: false }],
  [waiting("RunContainerError"), { lastState: refused }, { never: true, started: false }],
  [waiting("CrashLoopBackOff"), { lastState: ended }, { never: false, started: true }],
  [{ running: { startedAt: "2026-11-29T00:00:00Z" } }, {}, { never: false, started: true }],
  [ended, {}, { never: false, started: true }],
  [ended, { leftEnded: true }, { never: false, started: true }],
];

test("which containers never run, and which have been started", () => {
  for (const [state, { lastState, leftEnded = false }, answer] of ROWS) {
    const record = { state, lastState, leftEnded };
    assert.deepEqual(
      { never: neverRuns(record), started: hasStarted(record) },
      answer,
      JSON.stringify(record),
    );
  }
});
