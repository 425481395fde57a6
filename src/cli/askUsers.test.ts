import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { fix } from "../core/answers/fix.ts";
import { composeWorld } from "../core/rules/world.ts";
import { askUsers } from "./askUsers.ts";

const POD = `kind: Pod
spec:
  initContainers:
  - { name: init, image: root }
  containers:
  - { name: app, image: root }
  - { name: web, image: web, securityContext: { runAsUser: 0 } }
  - { name: known, image: known }
  - { name: open, image: open }
`;
const world = composeWorld({ images: { root: { user: "" }, known: { user: "5" } } });

/** Types a line whenever it is asked. */
async function answered(lines: string[]): Promise<{ answers: object; shown: string }> {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = "";
  output.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
    if (chunk.toString().includes("(empty: leave it) ")) input.write(`${lines.shift() ?? ""}\n`);
  });
  const answers = await askUsers([fix(POD, "p.yaml", world)], { input, output });
  return { answers, shown };
}

test("each image that would be root is asked once; what is no uid is asked again; empty leaves it", async () => {
  const { answers, shown } = await answered(["0", "x", "1000", ""]);
  assert.deepEqual(answers, { root: 1000 });
  assert.deepEqual(
    shown.match(/p\.yaml:.*/g)?.map((line) => line.trim()),
    [
      "p.yaml:6: container app (root): the image runs as root.",
      "p.yaml:7: container web (web): runAsUser: 0 is written.",
    ],
  );
  assert.equal(shown.match(/It must be a number from 1 to 2147483647\./g)?.length, 2);
});

test("nothing is asked where nothing is left", async () => {
  const options = { runAsUser: { all: 7 } };
  const input = new PassThrough();
  const output = new PassThrough();
  assert.deepEqual(await askUsers([fix(POD, "p.yaml", world, options)], { input, output }), {});
  assert.equal(output.read(), null);
});
