import assert from "node:assert/strict";
import { test } from "node:test";
import { goldenRows } from "../../test/golden.ts";
import { admit } from "../core/journey.ts";
import { readManifest } from "../core/manifest/manifest.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import { completeWorld } from "../core/model/world.ts";
import { withApiDefaults } from "./apiDefaults.ts";

interface Row {
  readonly name: string;
  readonly op: string;
  readonly kind: string;
  readonly pod?: JsonObject;
  readonly defaulted?: { readonly spec: JsonObject };
}

test("the whole spec of every pod that the recorded API server accepted", () => {
  const world = completeWorld({});
  const differing: string[] = [];
  let count = 0;
  for (const row of goldenRows<Row>("kube-apiserver-1.37.2/validation.jsonl")) {
    const { name, op, kind, pod, defaulted } = row;
    if (op !== "create" || kind !== "Pod" || pod === undefined || !defaulted) continue;
    const [document] = readManifest(JSON.stringify(pod), "pod.json").pods;
    const admitted = document && admit(document, world).pod;
    if (!admitted) continue;
    count += 1;
    try {
      assert.deepEqual(plain(withApiDefaults(admitted).spec), plain(defaulted.spec));
    } catch (error) {
      differing.push(`${name}: ${(error as Error).message}`);
    }
  }
  assert.deepEqual(differing.slice(0, 3), []);
  assert.ok(count > 500, String(count));
});

test("containers: probes, hooks, variables, requests and pull policies", () => {
  const container = {
    ...{
      name: "c",
      image: "app",
      env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "x" } } }],
    },
    livenessProbe: { httpGet: { port: 80 }, timeoutSeconds: 0, periodSeconds: 5 },
    readinessProbe: { grpc: { port: 1 } },
    lifecycle: { preStop: { httpGet: { port: 80, path: "/end" } } },
    resources: { limits: { cpu: "1", memory: "1Mi" }, requests: { cpu: "500m" } },
  };
  const { spec } = withApiDefaults({ spec: { containers: [container] } } as unknown as Pod);
  const times = { periodSeconds: 5, successThreshold: 1, failureThreshold: 3, timeoutSeconds: 1 };
  assert.deepEqual(spec.containers?.[0], {
    ...{ name: "c", image: "app", imagePullPolicy: "Always" },
    ...{ terminationMessagePath: "/dev/termination-log", terminationMessagePolicy: "File" },
    env: [{ name: "A", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "x" } } }],
    livenessProbe: { ...times, httpGet: { path: "/", scheme: "HTTP", port: 80 } },
    readinessProbe: { ...times, periodSeconds: 10, grpc: { service: "", port: 1 } },
    lifecycle: { preStop: { httpGet: { path: "/end", scheme: "HTTP", port: 80 } } },
    resources: {
      limits: { cpu: "1", memory: "1Mi" },
      requests: { cpu: "500m", memory: "1Mi" },
    },
  });
  const policies: readonly (readonly [image: string, policy: string])[] = [
    ["app:latest", "Always"],
    ["app:1", "IfNotPresent"],
    ["localhost:5000/app", "Always"],
    [`app@sha256:${"0".repeat(64)}`, "IfNotPresent"],
    ["BAD NAME", "IfNotPresent"],
  ];
  for (const [image, policy] of policies) {
    const pod = { spec: { containers: [{ name: "c", image }] } } as unknown as Pod;
    assert.equal(withApiDefaults(pod).spec.containers?.[0]?.imagePullPolicy, policy, image);
  }
});

test("tolerations that are told stand", () => {
  const all = { operator: "Exists" };
  const pod = { spec: { containers: [], tolerations: [all] } } as unknown as Pod;
  assert.deepEqual(withApiDefaults(pod).spec["tolerations"], [all]);
});

/** Exact integers as numbers, and nothing that is undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? Number(one) : one)),
  );
}
