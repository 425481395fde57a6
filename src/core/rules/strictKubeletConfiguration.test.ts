import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../model/json.ts";
import { strictDecoding } from "./strictKubeletConfiguration.ts";

const HEAD = { apiVersion: "kubelet.config.k8s.io/v1beta1", kind: "KubeletConfiguration" };
const ROWS: readonly (readonly [
  object: JsonObject,
  message?: string,
  hints?: readonly string[],
])[] = [
  [{ seccompDefault: true, allowedUnsafeSysctls: ["a"], featureGates: { Anything: true } }],
  [{ authentication: { webhook: { enabled: true } }, logging: { whatever: 1 } }],
  [
    { seccompDefualt: true },
    'strict decoding error: unknown field "seccompDefualt"',
    ["did you mean seccompDefault?"],
  ],
  [
    { seccompdefault: true },
    'strict decoding error: unknown field "seccompdefault"',
    ["did you mean seccompDefault?"],
  ],
  [
    { metadata: {}, authentication: { anonymos: {} }, reservedMemory: [{}, { limit: 1 }] },
    'strict decoding error: unknown field "authentication.anonymos", unknown field "metadata", unknown field "reservedMemory[1].limit"',
    ["did you mean anonymous?", "did you mean limits?"],
  ],
];
for (const [object, message, hints = []] of ROWS) {
  test(`${JSON.stringify(object)}: ${message ?? "nothing against it"}`, () => {
    const said = strictDecoding({ ...HEAD, ...object });
    assert.equal(said?.message, message);
    assert.deepEqual(said?.hints ?? [], hints);
  });
}
