import assert from "node:assert/strict";
import { test } from "node:test";
import { toPointer } from "../model/finding.ts";
import type { JsonObject } from "../model/json.ts";
import { completeWorld, DEFAULT_WORLD } from "../model/world.ts";
import { type AdmissionInput, admission } from "./admission.ts";

const LABEL = "pod-security.kubernetes.io/";
const HOST_PID = { hostPID: true, containers: [{ name: "a", image: "x" }] };
const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec: HOST_PID };
const JOB = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "j" },
  spec: { template: { spec: HOST_PID } },
};
const DETAIL = "host namespaces (hostPID=true)";
const EXEMPTIONS = { usernames: ["root"], namespaces: ["free"], runtimeClasses: ["vm"] };
const WORLD = completeWorld({ podSecurity: { exemptions: EXEMPTIONS } });

function namespace(labels: Readonly<Record<string, string>>, name = "ns"): JsonObject {
  const prefixed = Object.entries(labels).map(([key, value]) => [LABEL + key, value]);
  return { kind: "Namespace", metadata: { name, labels: Object.fromEntries(prefixed) } };
}

function answer(input: AdmissionInput, world = WORLD) {
  const { code, message, warnings, auditAnnotations } = admission(input, world).out;
  return { code, message, warnings, auditAnnotations };
}

const ALLOWED = { code: 201, message: null, warnings: [], auditAnnotations: {} };
const BASELINE = namespace({ enforce: "baseline" });

test("a pod is refused where its level is enforced", () => {
  const message = `pods "p" is forbidden: violates PodSecurity "baseline:latest": ${DETAIL}`;
  const { out, findings, gates } = admission({ namespace: BASELINE, object: POD }, WORLD);
  assert.deepEqual(out, {
    code: 403,
    message,
    warnings: [],
    auditAnnotations: { [`${LABEL}enforce-policy`]: "baseline:latest" },
    status: {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message,
      reason: "Forbidden",
      details: { name: "p", kind: "pods" },
      code: 403,
    },
  });
  assert.deepEqual(
    findings.map(({ severity, path }) => [severity, toPointer(path)]),
    [["refusal", "/spec/hostPID"]],
  );
  assert.equal(gates[0]?.finding, findings[0]);
});

test("a workload is warned about the same level, at the field in its template", () => {
  const { out, findings } = admission({ namespace: BASELINE, object: JOB }, WORLD);
  const warning = `would violate PodSecurity "baseline:latest": ${DETAIL}`;
  assert.deepEqual([out.code, out.warnings, out.auditAnnotations], [201, [warning], {}]);
  assert.deepEqual(
    findings.map(({ severity, message, path }) => [severity, message, toPointer(path)]),
    [["warning", warning, "/spec/template/spec/hostPID"]],
  );
});

test("what is only audited is a note", () => {
  const { out, findings } = admission(
    { namespace: namespace({ audit: "baseline" }), object: POD },
    WORLD,
  );
  const text = `would violate PodSecurity "baseline:latest": ${DETAIL}`;
  assert.deepEqual(out.auditAnnotations, {
    [`${LABEL}enforce-policy`]: "privileged:latest",
    [`${LABEL}audit-violations`]: text,
  });
  assert.deepEqual(
    findings.map(({ severity, message }) => [severity, message]),
    [["note", text]],
  );
});

test("exemptions, in the order in which they are looked at", () => {
  const rows: readonly (readonly [AdmissionInput, string])[] = [
    [
      { namespace: namespace({ enforce: "baseline" }, "free"), object: POD, user: "root" },
      "namespace",
    ],
    [{ namespace: BASELINE, object: POD, user: "root" }, "user"],
    [{ namespace: BASELINE, object: JOB, user: "root" }, "user"],
    [
      { namespace: BASELINE, object: { ...POD, spec: { ...HOST_PID, runtimeClassName: "vm" } } },
      "runtimeClass",
    ],
    [{ namespace: BASELINE, object: POD, runtimeClass: "vm" }, "runtimeClass"],
  ];
  for (const [input, reason] of rows) {
    assert.deepEqual(answer(input), {
      ...ALLOWED,
      auditAnnotations: { [`${LABEL}exempt`]: reason },
    });
  }
  const others = { user: "someone", runtimeClass: "other" };
  assert.equal(answer({ namespace: BASELINE, object: POD, ...others }).code, 403);
});

test("level privileged in every mode says so; of a workload it says nothing", () => {
  assert.deepEqual(answer({ namespace: namespace({}), object: POD, runtimeClass: "vm" }), {
    ...ALLOWED,
    auditAnnotations: { [`${LABEL}enforce-policy`]: "privileged:latest" },
  });
  assert.deepEqual(answer({ namespace: namespace({}), object: JOB, runtimeClass: "vm" }), ALLOWED);
});

test("bad labels: restricted, and an annotation", () => {
  const bad = namespace({ enforce: "x", "warn-version": "y" });
  const { code, auditAnnotations } = answer({ namespace: bad, object: POD });
  assert.equal(code, 403);
  assert.equal(
    auditAnnotations[`${LABEL}error`],
    `Failed to parse policy: [metadata.labels[${LABEL}enforce]: Invalid value: "x": must be one of privileged, baseline, restricted, metadata.labels[${LABEL}warn-version]: Invalid value: "y": must be "latest" or "v1.x"]`,
  );
});

test("without a namespace the world's is meant", () => {
  const labels = { [`${LABEL}enforce`]: "baseline" };
  const world = completeWorld({ namespace: { name: "ns", labels } });
  assert.equal(answer({ object: POD }, world).code, 403);
  assert.equal(answer({ object: POD }, DEFAULT_WORLD).code, 201);
});

test("a server judges by no policy that is newer than itself", () => {
  const probe = { httpGet: { host: "x", port: 1 } };
  const object = { ...POD, spec: { containers: [{ name: "a", livenessProbe: probe }] } };
  for (const version of ["latest", "v1.34", "v1.99"]) {
    const input = {
      namespace: namespace({ enforce: "baseline", "enforce-version": version }),
      object,
    };
    assert.equal(answer(input, completeWorld({ kubernetes: "v1.33" })).code, 201, version);
    assert.equal(answer(input, completeWorld({ kubernetes: "v1.34" })).code, 403, version);
  }
});

test("of a pod only another image or container is judged", () => {
  const update = (spec: JsonObject): AdmissionInput => ({
    namespace: BASELINE,
    oldObject: POD,
    object: { ...POD, spec: { ...HOST_PID, ...spec } },
  });
  const label = { ...POD, metadata: { name: "p", labels: { a: "b" } } };
  assert.deepEqual(answer({ namespace: BASELINE, oldObject: POD, object: label }), {
    ...ALLOWED,
    code: 200,
  });
  assert.equal(answer(update({ containers: [{ name: "a", image: "y" }] })).code, 403);
  assert.equal(answer(update({ initContainers: [{ name: "i", image: "y" }] })).code, 403);
  assert.equal(answer(update({ ephemeralContainers: [{ name: "e", image: "y" }] })).code, 403);
});

test("what has no pod is let in", () => {
  for (const object of [
    { apiVersion: "v1", kind: "ConfigMap" },
    { apiVersion: "example.com/v1", kind: "Job", spec: JOB.spec },
    { apiVersion: "v1", kind: "ReplicationController", spec: {} },
  ]) {
    assert.deepEqual(answer({ namespace: BASELINE, object }), ALLOWED);
  }
});
