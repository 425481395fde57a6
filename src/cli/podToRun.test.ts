import assert from "node:assert/strict";
import { test } from "node:test";
import type { PodDocument } from "../core/manifest/manifest.ts";
import { oneOfReplicas } from "./podToRun.ts";

const COUNTED: readonly (readonly [kind: string, spec: object, said: string])[] = [
  ["Deployment", { replicas: 3 }, "one of 3 pods is run (Deployment, replicas: 3)"],
  ["Job", { parallelism: 2 }, "one of 2 pods is run (Job, parallelism: 2)"],
  ["Deployment", { replicas: 1 }, ""],
  ["Deployment", {}, ""],
  ["Deployment", { replicas: "3" }, ""],
  ["Pod", { replicas: 3 }, ""],
];

for (const [kind, spec, said] of COUNTED) {
  test(`${kind} ${JSON.stringify(spec)}: ${said === "" ? "nothing is said" : said}`, () => {
    const document = { object: { spec }, workload: { kind } } as unknown as PodDocument;
    assert.equal(oneOfReplicas(document), said);
  });
}
