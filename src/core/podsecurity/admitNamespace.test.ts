import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../model/json.ts";
import type { Pod } from "../model/pod.ts";
import { completeWorld } from "../model/world.ts";
import { type AdmissionInput, admission } from "./admission.ts";

const LABEL = "pod-security.kubernetes.io/";
const WORLD = completeWorld({
  podSecurity: {
    defaults: { audit: "baseline" },
    exemptions: { namespaces: ["free"], runtimeClasses: ["vm"] },
  },
});

function namespace(labels: Readonly<Record<string, string>>, name = "ns"): JsonObject {
  const prefixed = Object.entries(labels).map(([key, value]) => [LABEL + key, value]);
  return { kind: "Namespace", metadata: { name, labels: Object.fromEntries(prefixed) } };
}

function answer(input: AdmissionInput): [number, string | null, readonly string[]] {
  const { code, message, warnings } = admission(input, WORLD).out;
  return [code, message, warnings];
}

function pod(name: string, spec: object, metadata: object = {}): Pod {
  return { metadata: { name, ...metadata }, spec: { containers: [], ...spec } };
}
const HOST_PID = pod("b", { hostPID: true });

test("a new namespace needs labels that can be read", () => {
  assert.deepEqual(answer({ object: namespace({ enforce: "baseline" }) }), [201, null, []]);
  assert.deepEqual(answer({ object: namespace({ enforce: "x" }) }), [
    422,
    `Namespace "ns" is invalid: metadata.labels[${LABEL}enforce]: Invalid value: "x": must be one of privileged, baseline, restricted`,
    [],
  ]);
});

test("validation comes first", () => {
  const { out } = admission({ object: namespace({ enforce: "-", audit: "x" }, "A.b") }, WORLD);
  const label =
    "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  assert.equal(out.code, 422);
  assert.match(
    out.message ?? "",
    /^Namespace "A\.b" is invalid: \[metadata\.name: Invalid value: "A\.b": a lowercase RFC 1123 label/,
  );
  assert.ok(
    out.message?.includes(
      `metadata.labels: Invalid value: "-": a valid label must be an empty string or ${label}`,
    ),
  );
  assert.deepEqual(answer({ object: { kind: "Namespace" } }), [
    422,
    'Namespace "" is invalid: metadata.name: Required value: name or generateName is required',
    [],
  ]);
});

test("a change of the enforced level hears of the pods that violate it", () => {
  const existingPods = [
    pod("d", { hostPID: true }),
    HOST_PID,
    pod("c", { hostIPC: true, hostPID: true }),
    pod("e", { hostNetwork: true, containers: [{ name: "x", ports: [{ hostPort: 1 }] }] }),
    pod("f", { hostPID: true, runtimeClassName: "vm" }),
    pod("g", {}),
    null as never,
  ];
  const object = namespace({ enforce: "baseline", "enforce-version": "v1.30" });
  assert.deepEqual(answer({ namespace: namespace({}), object, existingPods }), [
    200,
    null,
    [
      'existing pods in namespace "ns" violate the new PodSecurity enforce level "baseline:v1.30"',
      "b (and 2 other pods): host namespaces",
      "e: host namespaces, hostPort",
    ],
  ]);
  const patch = { metadata: { labels: { [`${LABEL}enforce`]: "baseline" } } };
  assert.deepEqual(
    answer({
      namespace: namespace({}),
      object: patch,
      existingPods: [HOST_PID, existingPods[0] as Pod],
    })[2],
    [
      'existing pods in namespace "ns" violate the new PodSecurity enforce level "baseline:latest"',
      "b (and 1 other pod): host namespaces",
    ],
  );
});

test("no pods are looked at where the level is not raised", () => {
  const restricted = namespace({ enforce: "restricted" });
  for (const object of [
    namespace({ enforce: "baseline" }),
    namespace({ enforce: "privileged", "enforce-version": "v1.20" }),
    namespace({ enforce: "restricted", warn: "baseline" }),
  ]) {
    assert.deepEqual(answer({ namespace: restricted, object, existingPods: [HOST_PID] }), [
      200,
      null,
      [],
    ]);
  }
  const older = namespace({ enforce: "baseline", "enforce-version": "v1.20" });
  assert.equal(
    answer({ namespace: restricted, object: older, existingPods: [HOST_PID] })[2].length,
    2,
  );
});

test("bad labels may stay, but not change", () => {
  const bad = namespace({ enforce: "x" });
  const same: JsonObject = {
    ...bad,
    metadata: { name: "ns", labels: { [`${LABEL}enforce`]: "x", a: "b" } },
  };
  assert.deepEqual(answer({ namespace: bad, object: same }), [200, null, []]);
  assert.equal(answer({ namespace: bad, object: namespace({ enforce: "y" }) })[0], 422);
  assert.equal(answer({ namespace: namespace({}), object: bad })[0], 422);
});

test("the first 3000 pods, one of each controller before its others", () => {
  const owned = (name: string, uid: string, spec: object) =>
    pod(name, spec, { ownerReferences: [{ uid: "x" }, { uid, controller: true }] });
  const existingPods = [
    owned("r1", "1", {}),
    ...Array.from({ length: 3000 }, (_, index) => owned(`r${index}`, "1", { hostPID: true })),
    owned("s1", "2", { hostIPC: true }),
  ];
  const object = namespace({ enforce: "baseline" });
  assert.deepEqual(answer({ namespace: namespace({}), object, existingPods })[2], [
    "new PodSecurity enforce level only checked against the first 3000 of 3002 existing pods",
    'existing pods in namespace "ns" violate the new PodSecurity enforce level "baseline:latest"',
    "r0 (and 2998 other pods): host namespaces",
  ]);
});

test("an exempt namespace hears that its labels are of no use", () => {
  const labels = { enforce: "baseline", "audit-version": "v1.20", warn: "privileged" };
  const warning =
    'namespace "free" is exempt from Pod Security, and the policy (enforce=baseline:latest, audit=baseline:v1.20) will be ignored';
  const object = namespace(labels, "free");
  assert.deepEqual(answer({ object }), [201, null, [warning]]);
  assert.deepEqual(answer({ namespace: namespace({}, "free"), object, existingPods: [HOST_PID] }), [
    200,
    null,
    [warning],
  ]);
  assert.deepEqual(answer({ object: namespace({ audit: "baseline" }, "free") }), [201, null, []]);
});

test("an operation that is told", () => {
  const object = namespace({ enforce: "baseline" });
  const existingPods = [HOST_PID];
  assert.equal(answer({ operation: "update", object, existingPods })[2].length, 2);
  assert.deepEqual(
    answer({ operation: "create", namespace: namespace({}), object, existingPods }),
    [201, null, []],
  );
});
