// Images that cannot be had: the kubelet's events and reasons, its back-off, and a pod that starts when its image has come.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  cannotRun,
  leftovers,
  makeLab,
  podOf,
  type Ran,
  removeLab,
  runCommand,
  secctx,
  start,
} from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

const SCALE = ["--back-off-scale", "0.01"];
/** It is there, and holds no layout. */
const EMPTY = mkdtempSync(join(tmpdir(), "secctx-empty-"));
after(() => rmSync(EMPTY, { recursive: true }));
const NOWHERE = ["--image", `nosuch=oci:${EMPTY}`];
const CAUSE = `rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nosuch:latest": ${EMPTY}/index.json: no such file`;
const PULL = [
  ["Normal", "Pulling", 'Pulling image "nosuch"'],
  ["Warning", "Failed", `Failed to pull image "nosuch": ${CAUSE}`],
  ["Warning", "Failed", "Error: ErrImagePull"],
];
const BACK_OFF = [
  ["Normal", "BackOff", 'Back-off pulling image "nosuch"'],
  ["Warning", "Failed", "Error: ImagePullBackOff"],
];
const BACK_OFF_MESSAGE = `Back-off pulling image "nosuch": ErrImagePull: ${CAUSE}`;

interface Event {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

function told(events: readonly Event[]): string[][] {
  return events.map(({ type, reason, message }) => [type, reason, message]);
}

test("without an end told it is tried once, and a note says what a kubelet does", {
  skip,
}, async () => {
  const words = [...NOWHERE, "-o", "json"];
  const { code, stdout } = await runCommand(lab, podOf("id", {}, { image: "nosuch" }), words);
  const { phase, reason, message, events, notes } = JSON.parse(stdout);
  assert.deepEqual([code, phase, reason, message], [125, "Pending", "ErrImagePull", CAUSE]);
  assert.deepEqual(told(events), PULL);
  assert.match(notes[0], /^a kubelet would try again to get the image of c; --timeout /);
});

test("--restarts 2: two pulls more, each after its back-off", { skip }, async () => {
  const words = [...NOWHERE, ...SCALE, "--restarts", "2", "-o", "json"];
  const { code, stdout } = await runCommand(lab, podOf("id", {}, { image: "nosuch" }), words);
  const { reason, events } = JSON.parse(stdout);
  assert.deepEqual([code, reason], [125, "ErrImagePull"]);
  assert.deepEqual(told(events), [...PULL, ...BACK_OFF, ...PULL, ...BACK_OFF, ...PULL]);
});

/** Until every container waits for the end of its back-off. */
async function untilBackOff(pod: object, words: readonly string[]): Promise<Ran> {
  const asked = ["--timeout", "300", "--watch", "-o", "json"];
  const running = start(lab, pod, [...NOWHERE, ...asked, ...words]);
  let isAsked = false;
  running.process.stderr?.on("data", (text: string) => {
    // Its last line says the same; a second signal would end secctx itself.
    if (isAsked || !text.includes("ImagePullBackOff")) return;
    isAsked = true;
    running.process.kill("SIGINT");
  });
  return running.ended;
}

test("--timeout: it goes on until then, and a second container finds the image in back-off", {
  skip,
}, async () => {
  const second = { name: "d", image: "nosuch", command: ["id"] };
  const containers = [{ ...second, name: "c" }, second];
  const { code, stdout } = await untilBackOff(podOf("", { containers }), []);
  const answer = JSON.parse(stdout);
  assert.deepEqual([code, answer.phase], [125, "Pending"]);
  for (const { state } of answer.containers) {
    assert.deepEqual(state.waiting, { reason: "ImagePullBackOff", message: BACK_OFF_MESSAGE });
  }
  assert.deepEqual(told(answer.events), [...PULL, ...BACK_OFF, ...BACK_OFF]);
  assert.equal(answer.notes, undefined);
});

test("before 1.32 the status tells no cause", { skip }, async () => {
  const words = ["--kubernetes", "1.31"];
  const { stdout } = await untilBackOff(podOf("id", {}, { image: "nosuch" }), words);
  const { reason, message } = JSON.parse(stdout);
  assert.deepEqual([reason, message], ["ImagePullBackOff", 'Back-off pulling image "nosuch"']);
});

test("policy Never and a name that is none: the same again at each sync, no back-off", {
  skip,
}, async () => {
  const words = [...NOWHERE, ...SCALE, "--restarts", "1", "-o", "json"];
  const never = { image: "nosuch", imagePullPolicy: "Never" };
  const message = 'Container image "nosuch" is not present with pull policy of Never';
  const once = [
    ["Warning", "ErrImageNeverPull", message],
    ["Warning", "Failed", "Error: ErrImageNeverPull"],
  ];
  const first = JSON.parse((await runCommand(lab, podOf("id", {}, never), words)).stdout);
  assert.deepEqual([first.reason, first.message], ["ErrImageNeverPull", message]);
  assert.deepEqual(told(first.events), [...once, ...once]);
  const ran = { name: "c", image: "demo/busybox:1", command: ["true"] };
  const two = podOf("", { containers: [ran, { name: "second", ...never }] });
  const half = await runCommand(lab, two, words);
  // The first container's, whatever becomes of the others: the phase and the end tell that.
  assert.deepEqual([half.code, JSON.parse(half.stdout).phase], [0, "Pending"]);
  const odd = await runCommand(lab, podOf("id", {}, { image: "BAD NAME" }), words);
  const third = JSON.parse(odd.stdout);
  assert.equal(third.reason, "InvalidImageName");
  assert.equal(third.events.at(-1).message, "Error: InvalidImageName");
  assert.equal(third.events.length, 4);
});

test("an image that comes later: its container starts as predicted, the others have not waited", {
  skip,
}, async () => {
  const later = join(lab.folder, "later");
  const containers = [
    {
      ...{ name: "late", image: "nosuch", command: ["sh", "-c", "echo late; id -u"] },
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
    },
    { name: "soon", image: "demo/busybox:1", command: ["echo", "soon"] },
  ];
  const words = [...SCALE, "--image", `nosuch=oci:${later}:demo/busybox:1`];
  const running = start(lab, podOf("", { containers }), [...words, "--timeout", "120", "--probe"]);
  await running.printed("soon | soon");
  cpSync(join(lab.folder, "images"), later, { recursive: true });
  const { code, stdout, stderr } = await running.ended;
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^late \| late\nlate \| 1000$/m);
  assert.match(stderr, /Pulled {6}late: Successfully pulled image "nosuch" in /);
  assert.deepEqual(leftovers(lab), []);
});

test("--detach: tried once, and with --restarts until the image is there", { skip }, async () => {
  const once = await runCommand(lab, podOf("id", {}, { image: "nosuch" }), [
    ...NOWHERE,
    "--detach",
  ]);
  assert.deepEqual([once.code, once.stdout], [125, ""]);
  assert.match(once.stderr, /^ {2}Failed +c: Error: ErrImagePull$/m);
  assert.doesNotMatch(once.stderr, /ImagePullBackOff/);
  const words = [...NOWHERE, ...SCALE, "--restarts", "1", "--detach"];
  const again = await runCommand(lab, podOf("id", {}, { image: "nosuch" }), words);
  assert.deepEqual([again.code, again.stdout], [125, ""]);
  assert.match(again.stderr, /^ {2}Failed +c: Error: ImagePullBackOff$/m);
  assert.equal((await secctx(lab, ["ps", "-q"])).stdout, "");
  assert.deepEqual(leftovers(lab), []);
});
