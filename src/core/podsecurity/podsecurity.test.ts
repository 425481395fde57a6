import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toPointer } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import { completeWorld, DEFAULT_WORLD } from "../model/world.ts";
import { podsecurity } from "./podsecurity.ts";

const PLAIN: Pod = {
  metadata: { name: "p" },
  spec: { containers: [{ name: "a" }, { name: "b" }] },
};
const HOST: Pod = {
  metadata: { name: 'p"' },
  spec: { hostPID: true, hostIPC: true, containers: [] },
};

test("a result for every level and version, in the answer and as a gate", () => {
  const { out, gates } = podsecurity(
    { pod: PLAIN, level: ["baseline", "restricted", "privileged"], version: ["v1.0", "latest"] },
    DEFAULT_WORLD,
  );
  const keys = ["v1.0", "latest"].flatMap((version) =>
    ["baseline", "restricted", "privileged"].map((level) => `${level}:${version}`),
  );
  assert.deepEqual(Object.keys(out.results), keys);
  assert.deepEqual(
    gates.map(({ id, finding }) => [id, finding === undefined]),
    keys.map((key) => [`podsecurity.${key}`, !key.startsWith("restricted")]),
  );
});

test("the words of a refusal, with the version that was asked", () => {
  const { results } = podsecurity(
    { pod: HOST, level: "baseline", version: "v1.99" },
    DEFAULT_WORLD,
  ).out;
  assert.deepEqual(results, {
    "baseline:v1.99": {
      allowed: false,
      reason: "host namespaces",
      detail: "host namespaces (hostPID=true, hostIPC=true)",
      message:
        'pods "p\\"" is forbidden: violates PodSecurity "baseline:v1.99": host namespaces (hostPID=true, hostIPC=true)',
      failing: ["hostNamespaces"],
    },
  });
});

test("a pod without a name", () => {
  const pod: Pod = { spec: HOST.spec };
  const { results } = podsecurity({ pod, level: "baseline", version: "latest" }, DEFAULT_WORLD).out;
  assert.equal(
    results["baseline:latest"]?.message,
    'pods is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true, hostIPC=true)',
  );
});

test("latest is the release of the world; a version asked by number is that version", () => {
  const pod: Pod = { metadata: { name: "p" }, spec: { containers: [{ name: "a" }] } };
  const world = completeWorld({ kubernetes: "v1.7" });
  const { results } = podsecurity(
    { pod, level: "restricted", version: ["latest", "v1.8"] },
    world,
  ).out;
  assert.deepEqual(results["restricted:latest"]?.failing, ["runAsNonRoot"]);
  assert.deepEqual(results["restricted:v1.8"]?.failing, [
    "allowPrivilegeEscalation",
    "runAsNonRoot",
  ]);
});

test("a finding for each container that a check objects to, at its field", () => {
  const { findings } = podsecurity(
    { pod: PLAIN, level: ["baseline", "restricted"], version: "v1.8" },
    DEFAULT_WORLD,
  );
  assert.deepEqual(
    findings.map(({ id, container, field, path }) => [id, container, field, toPointer(path)]),
    ["allowPrivilegeEscalation", "runAsNonRoot"].flatMap((field) =>
      ["a", "b"].map((name, index) => [
        `podsecurity.${field}`,
        name,
        field,
        `/spec/containers/${index}/securityContext/${field}`,
      ]),
    ),
  );
  assert.equal(
    findings[0]?.message,
    'violates PodSecurity "restricted:v1.8": allowPrivilegeEscalation != false (containers "a", "b" must set securityContext.allowPrivilegeEscalation=false)',
  );
});

test("the same words at several levels and versions are told once", () => {
  const { findings } = podsecurity(
    { pod: HOST, level: ["baseline", "restricted"], version: ["v1.0", "v1.37"] },
    DEFAULT_WORLD,
  );
  const message =
    'violates PodSecurity "baseline:v1.0": host namespaces (hostPID=true, hostIPC=true)';
  assert.deepEqual(
    findings.map(({ message, field, path }) => [message, field, toPointer(path)]),
    [
      [message, "hostPID", "/spec/hostPID"],
      [message, "hostIPC", "/spec/hostIPC"],
    ],
  );
});

test("no document is too malformed to be judged", () => {
  const keys = [
    "spec",
    "metadata",
    "annotations",
    "containers",
    "securityContext",
    "volumes",
    "name",
  ];
  const more = ["ports", "lifecycle", "livenessProbe", "httpGet", "capabilities", "add", "sysctls"];
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 7, withCrossShrink: true },
      fc.constantFrom(null, undefined, true, 0, "x", 1n),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys, ...more), tie("value"), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(value, (pod) => {
      const input = {
        pod: pod as Pod,
        level: ["baseline", "restricted"],
        version: ["v1.0", "latest"],
      };
      const { results } = podsecurity(input as never, DEFAULT_WORLD).out;
      assert.equal(Object.keys(results).length, 4);
    }),
    { numRuns: 500 },
  );
});

test("what is no level and no version is judged as upstream falls back", () => {
  const input = { pod: PLAIN, level: "Baseline", version: 5 };
  const { results } = podsecurity(input as never, DEFAULT_WORLD).out;
  assert.match(results["Baseline:5"]?.message ?? "", /violates PodSecurity "restricted:latest"/);
});
