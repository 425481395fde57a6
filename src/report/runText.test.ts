import assert from "node:assert/strict";
import { test } from "node:test";
import { type EndedRun, endText, eventText } from "./runText.ts";
import { PLAIN } from "./style.ts";

function ended(run: Partial<EndedRun>): string {
  const none = { pod: { name: "t" }, phase: "Pending", reason: "", message: "" };
  const lists = { containers: [], events: [], leftBehind: [] };
  return endText({ ...none, ...lists, ...run }, { style: PLAIN, columns: 80 });
}

const waiting = { name: "c", kind: "container", exitCode: null } as const;
const refused = {
  ...{ reason: "ErrImagePull", message: "no such host" },
  containers: [
    { ...waiting, state: { waiting: { reason: "ErrImagePull", message: "no such host" } } },
  ],
};

test("what an event has said is not said again", () => {
  const events = [{ message: 'Failed to pull image "i": no such host' }];
  assert.equal(ended({ ...refused, events }), "  Pending     c ErrImagePull\n");
  const backOff = {
    reason: "ImagePullBackOff",
    message: 'Back-off pulling image "i": ErrImagePull: no such host',
    containers: [{ ...waiting, state: { waiting: { reason: "ImagePullBackOff" } } }],
  };
  assert.equal(ended({ ...backOff, events }), "  Pending     c ImagePullBackOff\n");
  const mount = { reason: "FailedMount", message: "no claim", containers: [] };
  assert.equal(
    ended({ ...mount, events: [{ message: "no claim" }] }),
    "  Pending     FailedMount\n",
  );
});

test("what no event has said is said at the end", () => {
  assert.equal(ended(refused), "  Pending     c ErrImagePull: no such host\n");
  const mount = { reason: "FailedMount", message: "no claim" };
  assert.equal(ended(mount), "  Pending     FailedMount: no claim\n");
});

test("every container is told, also where one waits", () => {
  const done = {
    name: "d",
    kind: "container",
    exitCode: 3,
    state: { terminated: { reason: "Error" } },
  };
  const run = { ...refused, containers: [...refused.containers, done] };
  const events = [{ message: "no such host" }];
  assert.equal(
    ended({ ...run, events }),
    "  Pending     c ErrImagePull\n              d Error, exit code 3\n",
  );
});

test("of a pod that was ended as a whole, those that ran", () => {
  const done = {
    name: "d",
    kind: "container",
    exitCode: 137,
    state: { terminated: { reason: "Error" } },
  };
  const never = { ...waiting, state: { waiting: { reason: "ContainerCreating" } } };
  const whole = { phase: "Failed", reason: "DeadlineExceeded", message: "too long" };
  assert.equal(
    ended({ ...whole, containers: [never, done], events: [{ message: "too long" }] }),
    "  Failed      DeadlineExceeded\n              d Error, exit code 137\n",
  );
});

test("what a container left as its message is not why it ended", () => {
  const state = { terminated: { reason: "Completed", message: "its own" } };
  const done = { name: "d", kind: "container", exitCode: 0, state };
  assert.equal(
    ended({ phase: "Succeeded", containers: [done] }),
    "  Succeeded   d Completed, exit code 0\n",
  );
});

test("each container's end", () => {
  const state = { terminated: { reason: "Error" } };
  const containers = [{ ...waiting, state, exitCode: 3 }];
  assert.equal(ended({ phase: "Failed", containers }), "  Failed      c Error, exit code 3\n");
});

test("where it stands what refused a container", () => {
  const state = { waiting: { reason: "CreateContainerConfigError" } };
  const findings = [{ container: "c", field: "runAsNonRoot", file: "p.yaml", line: 6, column: 5 }];
  const run = {
    ...{ reason: "CreateContainerConfigError", message: "as root", findings },
    ...{ events: [{ message: "Error: as root" }] },
  };
  assert.equal(
    ended({
      ...run,
      containers: [
        { ...waiting, state },
        { ...waiting, name: "d", state },
      ],
    }),
    `  Pending     c CreateContainerConfigError (runAsNonRoot, p.yaml:6:5)
              d CreateContainerConfigError
`,
  );
  const over = { terminated: { reason: "Completed" } };
  assert.equal(
    ended({ findings, phase: "Succeeded", containers: [{ ...waiting, state: over, exitCode: 0 }] }),
    "  Succeeded   c Completed, exit code 0\n",
  );
});

test("the end of a line that a probe's command printed is no line of its own", () => {
  const event = { type: "Warning", reason: "Unhealthy", object: "spec.containers{c}" };
  const message = "Readiness probe failed: one\ntwo\n";
  assert.equal(
    eventText({ ...event, message }, { style: PLAIN, columns: 80 }),
    "  Unhealthy   c: Readiness probe failed: one\n              two\n",
  );
});
