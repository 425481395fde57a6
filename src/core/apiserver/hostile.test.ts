import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { JsonObject } from "../model/json.ts";
import { DEFAULT_WORLD as WORLD } from "../model/world.ts";
import { apiserver } from "./apiserver.ts";

test("whatever is sent, the answer is a value and the request stays as it was", () => {
  const name = fc.constantFrom(
    "spec",
    "hostNetwork",
    "hostUsers",
    "hostPID",
    "securityContext",
    "containers",
    "volumes",
    "ports",
    "annotations",
    "metadata",
    "runAsUser",
    "sysctls",
    "windowsOptions",
    "capabilities",
    "__proto__",
    "name",
  );
  const leaf = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string(), fc.double());
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: "medium" }, leaf, tie("list"), tie("object")),
    list: fc.array(tie("any"), { maxLength: 3 }),
    object: fc.dictionary(name, tie("any"), { maxKeys: 5, noNullPrototype: true }),
  })).any;
  const operation = fc.constantFrom("create" as const, "ephemeral" as const);
  const kind = fc.constantFrom("Pod", "Deployment", "CronJob", "StatefulSet");
  fc.assert(
    fc.property(operation, kind, value, value, (op, of, spec, metadata) => {
      const object = { spec, metadata } as JsonObject;
      const before = structuredClone(object);
      const { out } = apiserver({ operation: op, kind: of, object }, WORLD);
      assert.ok([200, 201, 400, 422].includes(out.code));
      assert.equal(out.status === null, out.spec !== null);
      assert.deepEqual(object, before);
    }),
    { numRuns: 2_000 },
  );
});
