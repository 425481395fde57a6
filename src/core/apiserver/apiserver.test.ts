import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldPath, Finding } from "../model/finding.ts";
import type { JsonObject } from "../model/json.ts";
import { completeWorld } from "../model/world.ts";
import { type ApiRequest, apiserver } from "./apiserver.ts";

const WORLD = completeWorld({});

function podOf(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "pod", ...metadata },
    spec: { containers: [{ name: "c", image: "r.test/app:1" }], ...spec },
  };
}

function workloadOf(kind: string, apiVersion: string, spec: JsonObject): JsonObject {
  return { apiVersion, kind, metadata: { name: "wl" }, spec };
}

function create(object: JsonObject, more: Partial<ApiRequest> = {}): ReturnType<typeof apiserver> {
  return apiserver({ operation: "create", kind: String(object["kind"]), object, ...more }, WORLD);
}

const TEMPLATE = {
  metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/c": "bad" } },
  spec: { containers: [{ name: "c", image: "x", securityContext: { runAsUser: -1 } }] },
};

/** What stands in the request, and the finding that it gives. */
const FINDINGS: readonly (readonly [
  JsonObject,
  Partial<Finding> & { readonly path: FieldPath },
])[] = [
  [
    podOf({ securityContext: { runAsUser: -1 } }),
    {
      id: "apiserver.runAsUser",
      severity: "refusal",
      field: "runAsUser",
      path: ["spec", "securityContext", "runAsUser"],
      message:
        "spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
    },
  ],
  [
    podOf({ hostUsers: false, hostPID: true }),
    {
      id: "apiserver.hostPID",
      field: "hostPID",
      path: ["spec", "hostPID"],
      message: "spec.HostPID: Forbidden: when `hostUsers` is false",
    },
  ],
  [
    workloadOf("CronJob", "batch/v1", { jobTemplate: { spec: { template: TEMPLATE } } }),
    {
      id: "apiserver.appArmorProfile",
      field: "appArmorProfile",
      path: [
        "spec",
        "jobTemplate",
        "spec",
        "template",
        "metadata",
        "annotations",
        "container.apparmor.security.beta.kubernetes.io/c",
      ],
      message:
        'spec.jobTemplate.spec.template.annotations[container.apparmor.security.beta.kubernetes.io/c]: Invalid value: "bad": invalid AppArmor profile name: "bad"',
    },
  ],
  [
    podOf({ initContainers: [{ name: "i", image: "x", securityContext: { RunAsUser: 1 } }] }),
    {
      id: "apiserver.unknownField",
      severity: "warning",
      container: "i",
      field: "RunAsUser",
      path: ["spec", "initContainers", 0, "securityContext", "RunAsUser"],
      message: 'unknown field "spec.initContainers[0].securityContext.RunAsUser"',
    },
  ],
  [
    podOf({ containers: [{ name: "c", image: "x", securityContext: { privileged: "yes" } }] }),
    {
      id: "apiserver.type",
      severity: "refusal",
      container: "c",
      field: "privileged",
      path: ["spec", "containers", 0, "securityContext", "privileged"],
      message:
        'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal string into Go struct field SecurityContext.spec.containers.securityContext.privileged of type bool',
    },
  ],
  [
    podOf({ containers: [{ name: "c", image: "x", ports: [{ containerPort: 0 }] }] }),
    {
      id: "apiserver.containerPort",
      container: "c",
      path: ["spec", "containers", 0, "ports", 0, "containerPort"],
      message: "spec.containers[0].ports[0].containerPort: Required value",
    },
  ],
];

for (const [object, wanted] of FINDINGS) {
  test(`finding: ${wanted.message}`, () => {
    const [found] = create(object).findings;
    assert.ok(found);
    assert.equal(found.stage, "apiserver");
    assert.equal(found.origin, "kube-apiserver v1.37");
    assert.deepEqual({ ...found, ...wanted }, found);
  });
}

test("one finding per cause, in the causes' order, and the gate has the first", () => {
  const report = create(podOf({ hostPID: true, hostUsers: false, shareProcessNamespace: true }));
  assert.deepEqual(
    report.findings.map(({ id }) => id),
    ["apiserver.shareProcessNamespace", "apiserver.hostPID"],
  );
  const [decoding, validation] = report.gates;
  assert.equal(decoding?.finding, undefined);
  assert.deepEqual(validation?.finding, report.findings[0]);
});

test("a refused request tells the warnings of decoding too, but not those of acceptance", () => {
  const annotations = { "seccomp.security.alpha.kubernetes.io/pod": "unconfined" };
  const { out } = create(podOf({ hostuser: 1, securityContext: { fsGroup: -1 } }, { annotations }));
  assert.equal(out.code, 422);
  assert.deepEqual(out.warnings, ['unknown field "spec.hostuser"']);
});

test("a kind that no built-in API serves", () => {
  const { out } = create({ apiVersion: "example.com/v1", kind: "Widget" });
  assert.equal(out.code, 404);
  assert.equal(out.status?.message, "the server could not find the requested resource");
});

test("a version that is gone, and a body of another group", () => {
  const gone = create({ apiVersion: "extensions/v1beta1", kind: "DaemonSet" });
  assert.equal(
    gone.out.status?.message,
    'DaemonSet in version "v1beta1" cannot be handled as a DaemonSet: no kind "DaemonSet" is registered for version "extensions/v1beta1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
  );
  const other = create(workloadOf("Deployment", "apps/v1", {}), { kind: "Pod" });
  assert.equal(
    other.out.status?.message,
    "the API version in the data (apps/v1) does not match the expected API version (v1)",
  );
});

test("kind and apiVersion may be left out", () => {
  const { kind: _kind, apiVersion: _version, ...bare } = podOf({});
  assert.equal(create({ ...bare }, { kind: "Pod" }).out.code, 201);
});

test("what is no JSON", () => {
  const { out } = apiserver({ operation: "create", kind: "Pod", raw: "[1" }, WORLD);
  assert.equal(
    out.status?.message,
    "the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json parse error: unexpected end of JSON input (5b31)",
  );
});

test("a StatefulSet's claims are volumes of its pod", () => {
  const container = { name: "c", image: "x", volumeMounts: [{ name: "data", mountPath: "/d" }] };
  const labels = { a: "b" };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const resources = { requests: { storage: "1Gi" } };
  const claim = { metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], resources } };
  const claims = { volumeClaimTemplates: [claim] };
  const selector = { matchLabels: labels };
  const base = { serviceName: "s", selector, template };
  assert.equal(create(workloadOf("StatefulSet", "apps/v1", { ...base, ...claims })).out.code, 201);
  const { out } = create(workloadOf("StatefulSet", "apps/v1", base));
  assert.deepEqual(out.status?.details?.["causes"], [
    {
      reason: "FieldValueNotFound",
      message: 'Not found: "data"',
      field: "spec.template.spec.containers[0].volumeMounts[0].name",
    },
  ]);
});

test("the trace names the manifest, and the rule where an annotation became a field", () => {
  const annotations = { "container.apparmor.security.beta.kubernetes.io/c": "unconfined" };
  const object = podOf({ hostPID: true }, { annotations });
  const { trace } = apiserver({ operation: "create", kind: "Pod", object }, WORLD, { trace: true });
  assert.deepEqual(trace, [
    {
      field: "hostPID",
      at: "/spec/hostPID",
      setting: { value: true, source: { kind: "manifest", path: ["spec", "hostPID"] } },
    },
    {
      container: "c",
      field: "appArmorProfile",
      at: "/spec/containers/0/securityContext/appArmorProfile",
      setting: {
        value: { type: "Unconfined" },
        source: { kind: "rule", by: "kube-apiserver", rule: "applyAppArmorVersionSkew" },
      },
    },
  ]);
  assert.deepEqual(create(object).trace, []);
});

test("static pods get no ephemeral containers, and existing ones stay", () => {
  const ephemeral = (base: JsonObject, object: JsonObject): string | undefined =>
    apiserver({ operation: "ephemeral", kind: "Pod", object, base }, WORLD).out.status?.message;
  const mirror = podOf({}, { annotations: { "kubernetes.io/config.mirror": "x" } });
  assert.equal(
    ephemeral(mirror, podOf({})),
    'Pod "pod" is invalid: []: Forbidden: static pods do not support ephemeral containers',
  );
  const debugged = podOf({ ephemeralContainers: [{ name: "e", image: "x" }] });
  assert.equal(
    ephemeral(debugged, podOf({})),
    'Pod "pod" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers "e" may not be removed\n',
  );
  assert.equal(ephemeral(debugged, debugged), undefined);
});
