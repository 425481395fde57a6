import assert from "node:assert/strict";
import { test } from "node:test";
import { containersOf, type Pod } from "../core/model/pod.ts";
import type { KubeMinor } from "../core/model/version.ts";
import { composeWorld } from "../core/rules/world.ts";
import type { ImageAnswer } from "../images/images.ts";
import { type PodEvent, PodEvents } from "./podEvents.ts";

const IMAGE = {} as NonNullable<ImageAnswer["image"]>;
const PULL: ImageAnswer = {
  image: IMAGE,
  events: [
    { type: "Normal", reason: "Pulling", message: "Pulling" },
    { type: "Normal", reason: "Pulled", message: "Successfully pulled" },
  ],
};

function messages(
  policies: readonly string[],
  answer: ImageAnswer,
  kubernetes: KubeMinor,
): string[] {
  const containers = policies.map((imagePullPolicy, index) => ({
    ...{ name: `c${index}`, image: "app:1", imagePullPolicy },
  }));
  const pod: Pod = { metadata: { name: "p" }, spec: { containers } };
  const told: PodEvent[] = [];
  const events = new PodEvents(pod, composeWorld({ kubernetes }), (event) => told.push(event));
  for (const at of containersOf(pod.spec)) events.image(at, answer);
  return told.map(({ message }) => message);
}

test("an image that is there, in the words of each release", () => {
  const events = [{ type: "Normal", reason: "Pulled", message: "whatever" }] as const;
  const there: ImageAnswer = { image: IMAGE, events };
  const text = 'Container image "app:1" already present on machine';
  assert.deepEqual(messages(["IfNotPresent"], there, "v1.31"), [text]);
  assert.deepEqual(messages(["IfNotPresent"], there, "v1.37"), [
    `${text} and can be accessed by the pod`,
  ]);
});

test("a second container finds what the first has pulled, unless it always pulls", () => {
  const pulled = ["Pulling", "Successfully pulled"];
  const text = 'Container image "app:1" already present on machine';
  const policies = ["IfNotPresent", "IfNotPresent", "Always"];
  assert.deepEqual(messages(policies, PULL, "v1.31"), [...pulled, text, ...pulled]);
});

test("what a container has to tell waits for those before it", async () => {
  const containers = ["a", "b"].map((name) => ({ name, image: "app:1" }));
  const pod: Pod = { metadata: { name: "p" }, spec: { containers } };
  const told: string[] = [];
  const events = new PodEvents(pod, composeWorld({ kubernetes: "v1.37" }), ({ object, reason }) =>
    told.push(`${object} ${reason}`),
  );
  const [a, b] = containersOf(pod.spec);
  assert.ok(a !== undefined && b !== undefined);
  let started = (): void => {};
  const before = new Promise<void>((resolve) => {
    started = resolve;
  });
  events.holdUntil(b, before);
  events.failed(b, "no");
  events.afterThose(b, () => told.push("b speaks"));
  events.add({ type: "Normal", reason: "Evicted", message: "" });
  events.failed(a, "no");
  assert.deepEqual(told, ["pod/p Evicted", "spec.containers{a} Failed"]);
  started();
  await before;
  assert.deepEqual(told.splice(0), [
    ...["pod/p Evicted", "spec.containers{a} Failed"],
    ...["spec.containers{b} Failed", "b speaks"],
  ]);
  events.failed(b, "no");
  assert.deepEqual(told, ["spec.containers{b} Failed"]);
});
