// Where a custom kind keeps its pod, and what only looks like one.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../model/json.ts";
import { untoldPodPath } from "./untoldPod.ts";

const POD = { spec: { containers: [{ name: "a", image: "x" }] } };

const ROWS: readonly (readonly [string, JsonObject, string | undefined])[] = [
  ["a Rollout's template", { spec: { template: POD } }, "spec.template"],
  ["the nearest of several", { spec: { deep: { template: POD }, worker: POD } }, "spec.worker"],
  [
    "a job in it",
    { spec: { jobTemplate: { spec: { template: POD } } } },
    "spec.jobTemplate.spec.template",
  ],
  ["deeper than any", { a: { b: { c: { d: { e: { f: POD } } } } } }, undefined],
  ["no image", { spec: { template: { spec: { containers: [{ name: "a" }] } } } }, undefined],
  ["no list", { spec: { template: { spec: { containers: { type: "array" } } } } }, undefined],
  ["an empty one", { spec: { template: { spec: { containers: [] } } } }, undefined],
  ["a key that no path can say", { spec: { "a.b": POD } }, undefined],
  ["the object itself is of a kind that nobody told", { ...POD }, undefined],
];
for (const [what, object, path] of ROWS) {
  test(`${what}: ${path}`, () => assert.equal(untoldPodPath(object), path));
}

test("a hundred thousand members are not looked through", () => {
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, {}]));
  assert.equal(untoldPodPath({ spec: many, template: POD }), undefined);
});
