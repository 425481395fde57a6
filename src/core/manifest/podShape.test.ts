import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonValue } from "../model/json.ts";
import { podOf } from "./podShape.ts";

const ROWS: readonly (readonly [string, JsonValue, unknown])[] = [
  ["no object is no pod", [1], {}],
  ["null is nothing", { spec: { hostPID: null, hostIPC: true } }, { spec: { hostIPC: true } }],
  ["a text is no list", { spec: { containers: "a" } }, { spec: {} }],
  [
    "a null item is an empty one, as Go decodes it",
    { spec: { containers: [null, { name: "a" }] } },
    { spec: { containers: [{}, { name: "a" }] } },
  ],
  [
    "numbers are integers",
    {
      spec: {
        securityContext: { runAsUser: "5", runAsGroup: 5, supplementalGroups: [1, 1.5, 2n ** 60n] },
      },
    },
    { spec: { securityContext: { runAsGroup: 5, supplementalGroups: [1, 2n ** 60n] } } },
  ],
  [
    "maps hold texts",
    { metadata: { annotations: { a: 1, b: "c" } }, spec: {} },
    { metadata: { annotations: { b: "c" } }, spec: {} },
  ],
  [
    "what the API does not know stays",
    { other: [1], spec: { neu: { a: null }, containers: [{ resources: { limits: { cpu: 1 } } }] } },
    { other: [1], spec: { neu: { a: null }, containers: [{ resources: { limits: { cpu: 1 } } }] } },
  ],
];

for (const [why, value, expected] of ROWS) {
  test(why, () => assert.deepEqual(podOf(value), expected));
}

test("a well-formed pod comes back as it is", () => {
  const pod = { metadata: { name: "a" }, spec: { containers: [{ name: "c", args: ["x"] }] } };
  assert.equal(podOf(pod), pod);
});
