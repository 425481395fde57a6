import assert from "node:assert/strict";
import { test } from "node:test";
import { validateContainerLogStatus } from "./validateContainerLogStatus.ts";

const ID = "runc://t-1-2-3/c-";

function attemptOf(container: object, previous: boolean): number | string {
  const status = {
    phase: "Running",
    conditions: [],
    containerStatuses: [{ name: "c", ...container }],
  };
  try {
    return validateContainerLogStatus({ name: "t", status }, "c", previous);
  } catch (error) {
    return (error as Error).message;
  }
}

const running = { state: { running: {} }, containerID: `${ID}2` };
const ended = (attempt: number): object => ({ terminated: { containerID: `${ID}${attempt}` } });

const ROWS: readonly [
  says: string,
  container: object,
  now: number | string,
  before: number | string,
][] = [
  [
    "runs for the first time",
    { ...running, containerID: `${ID}0`, lastState: {} },
    0,
    'previous terminated container "c" in pod "t" not found',
  ],
  ["was started again", { ...running, lastState: ended(1) }, 2, 1],
  ["has ended", { state: ended(1), lastState: ended(0) }, 1, 0],
  [
    "waits to be started again: both are its last end",
    { state: { waiting: { reason: "CrashLoopBackOff" } }, lastState: ended(3) },
    3,
    3,
  ],
  [
    "has never run",
    { state: { waiting: { reason: "ContainerCreating" } }, lastState: {} },
    'container "c" in pod "t" is waiting to start: ContainerCreating',
    'previous terminated container "c" in pod "t" not found',
  ],
  [
    "has no image yet",
    { state: { waiting: { reason: "ImagePullBackOff" } }, lastState: {} },
    'container "c" in pod "t" is waiting to start: trying and failing to pull image',
    'previous terminated container "c" in pod "t" not found',
  ],
  [
    "could not get its image",
    { state: { waiting: { reason: "ErrImagePull" } }, lastState: {} },
    `container "c" in pod "t" is waiting to start: image can't be pulled`,
    'previous terminated container "c" in pod "t" not found',
  ],
  [
    "is nobody's",
    { name: "d", state: {}, lastState: {} },
    'container "c" in pod "t" is not available',
    'container "c" in pod "t" is not available',
  ],
];

for (const [says, container, now, before] of ROWS) {
  test(`a container that ${says}`, () => {
    assert.equal(attemptOf(container, false), now);
    assert.equal(attemptOf(container, true), before);
  });
}
