import assert from "node:assert/strict";
import { test } from "node:test";
import { admissionOf } from "../../../../test/walkPod.ts";
import type { WorldFile } from "../../model/world.ts";

test("the system, the groups policy, the node's features and its selector", () => {
  const containers = [{ name: "c" }];
  const strict = { securityContext: { supplementalGroupsPolicy: "Strict" }, containers };
  const both = { hostNetwork: true, hostUsers: false, containers };
  const can = { runtime: { features: { usernsHostNetwork: true } } } as const;
  const rows: [object, WorldFile, string, string][] = [
    [{ spec: { os: { name: "linux" }, containers } }, {}, "", ""],
    [
      { spec: { os: { name: "windows" }, containers } },
      {},
      "PodOSNotSupported",
      "Failed to admit pod as the OS field doesn't match node OS",
    ],
    [
      { metadata: { labels: { "kubernetes.io/os": "windows" } }, spec: { containers } },
      {},
      "PodOSSelectorNodeLabelDoesNotMatch",
      "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
    ],
    [
      { spec: { nodeSelector: { "kubernetes.io/os": "windows" }, containers } },
      {},
      "NodeAffinity",
      "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    ],
    [{ spec: strict }, {}, "", ""],
    [
      { spec: strict },
      { runtime: { features: null } },
      "SupplementalGroupsPolicyNotSupported",
      "SupplementalGroupsPolicy=Strict is not supported in this node",
    ],
    [{ spec: strict }, { kubernetes: "v1.32", runtime: { features: null } }, "", ""],
    [
      { spec: both },
      can,
      "PodFeatureUnsupported",
      "Pod requires node features that are not available: UserNamespacesHostNetworkSupport",
    ],
    [{ spec: both }, { ...can, featureGates: { UserNamespacesHostNetworkSupport: true } }, "", ""],
  ];
  for (const [pod, file, reason, message] of rows) {
    const { admission, events } = admissionOf(pod, file);
    assert.equal(admission.reason, reason, JSON.stringify(pod));
    assert.equal(admission.message, message === "" ? "" : `Pod was rejected: ${message}`);
    if (message !== "") assert.deepEqual(events, [{ type: "Warning", reason, message }]);
  }
});

test("the first refusal wins, and its gate carries the finding", () => {
  const pod = {
    spec: {
      os: { name: "windows" },
      securityContext: { sysctls: [{ name: "x.y", value: "1" }] },
      containers: [{ name: "c" }],
    },
  };
  const { gates, findings, admission, sandbox, containers } = admissionOf(pod);
  assert.equal(admission.reason, "SysctlForbidden");
  assert.equal(sandbox, null);
  assert.deepEqual(containers, [{ name: "c", kind: "container", config: null, waiting: null }]);
  assert.deepEqual(
    gates.map(({ id }) => id),
    ["kubelet.sysctls"],
  );
  assert.equal(gates[0]?.finding, findings[0]);
  assert.deepEqual(findings[0], {
    id: "kubelet.sysctls",
    stage: "kubelet",
    severity: "refusal",
    field: "sysctls",
    path: ["spec", "securityContext", "sysctls", 0, "name"],
    message: 'forbidden sysctl: "x.y" not allowlisted',
    origin: "kubelet v1.37",
  });
});

test("a Windows node takes Windows, asks nobody about AppArmor and holds no sysctl for safe", () => {
  const containers = [{ name: "c" }];
  const node = { os: "windows" } as const;
  const windows = { os: { name: "windows" }, containers };
  const confined = { appArmorProfile: { type: "RuntimeDefault" } };
  const shm = { sysctls: [{ name: "kernel.shm_rmid_forced", value: "1" }] };
  const unsafe = { ...node, allowedUnsafeSysctls: ["kernel.shm*"] };
  const label = (os: string) => ({ metadata: { labels: { "kubernetes.io/os": os } } });
  const rows: [object, WorldFile, string, string][] = [
    [{ ...label("windows"), spec: windows }, { node }, "", ""],
    [
      { spec: { os: { name: "linux" }, containers } },
      { node },
      "PodOSNotSupported",
      "Failed to admit pod as the OS field doesn't match node OS",
    ],
    [
      { ...label("linux"), spec: windows },
      { node },
      "PodOSSelectorNodeLabelDoesNotMatch",
      "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
    ],
    [
      { spec: { nodeSelector: { "kubernetes.io/os": "linux" }, containers } },
      { node },
      "NodeAffinity",
      "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    ],
    [{ spec: { securityContext: confined, containers } }, { node }, "", ""],
    [
      { spec: { securityContext: shm, containers } },
      { node },
      "SysctlForbidden",
      'forbidden sysctl: "kernel.shm_rmid_forced" not allowlisted',
    ],
    [{ spec: { securityContext: shm, containers } }, { node: unsafe }, "", ""],
    [{ spec: { securityContext: shm, containers } }, { node, kubernetes: "v1.23" }, "", ""],
  ];
  for (const [pod, file, reason, message] of rows) {
    const { admission, gates } = admissionOf(pod, file);
    assert.equal(admission.reason, reason, JSON.stringify(pod));
    assert.equal(admission.message, message === "" ? "" : `Pod was rejected: ${message}`);
    assert.ok(!gates.some(({ id }) => id === "kubelet.appArmor"));
  }
});
