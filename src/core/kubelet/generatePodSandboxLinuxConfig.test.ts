import assert from "node:assert/strict";
import { test } from "node:test";
import { one, walk } from "../../../test/walkPod.ts";
import type { WorldFile } from "../model/world.ts";

test("an unknown groups policy stops the sandbox", () => {
  const { out } = one({}, { supplementalGroupsPolicy: "Odd" });
  assert.equal(out.sandbox, null);
  assert.deepEqual(out.events, [
    {
      type: "Warning",
      reason: "FailedCreatePodSandBox",
      message: "Failed to create pod sandbox: unsupported supplementalGroupsPolicy: Odd",
    },
  ]);
  assert.equal(out.containers[0]?.notReached, "ContainerCreating");
});

test("the sandbox: the pod level alone, but privileged if any container is", () => {
  const spec = {
    hostNetwork: true,
    hostPID: true,
    hostIPC: true,
    securityContext: { runAsGroup: 5, seccompProfile: { type: "Unconfined" } },
    initContainers: [{ name: "i", image: "app", securityContext: { privileged: true } }],
    containers: [{ name: "c", image: "app", securityContext: { runAsUser: 7 } }],
  };
  assert.deepEqual(walk(spec).out.sandbox?.linux, {
    security_context: {
      seccomp: {},
      privileged: true,
      namespace_options: {
        network: "NODE",
        pid: "NODE",
        ipc: "NODE",
        userns_options: { mode: "NODE" },
      },
      run_as_group: { value: "5" },
    },
  });
});

test("sysctls: dots, the last of two, and under the alpha gate the node's own first", () => {
  const sysctls = [
    { name: "net/ipv4/tcp_syncookies", value: "0" },
    { name: "net.ipv4.tcp_syncookies", value: "1" },
  ];
  const node = {
    defaultPodSysctls: {
      "net.ipv4.tcp_syncookies": "9",
      "kernel.shm_rmid_forced": "1",
      "user.x": "1",
      "vm.y": "1",
    },
  };
  const of = (file: WorldFile, spec: object = {}) =>
    walk({ ...spec, securityContext: { sysctls }, containers: [] }, file).out.sandbox?.linux
      .sysctls;
  assert.deepEqual(of({}), { "net.ipv4.tcp_syncookies": "1" });
  assert.deepEqual(of({ node }), { "net.ipv4.tcp_syncookies": "1" });
  const gate = { DefaultPodSysctls: true };
  assert.deepEqual(of({ node, featureGates: gate }), {
    "net.ipv4.tcp_syncookies": "1",
    "kernel.shm_rmid_forced": "1",
  });
  assert.deepEqual(of({ node, featureGates: gate }, { hostIPC: true, hostUsers: false }), {
    "net.ipv4.tcp_syncookies": "1",
    "user.x": "1",
  });
  assert.equal(walk({ securityContext: {}, containers: [] }).out.sandbox?.linux.sysctls, undefined);
});

test("user namespaces: ids on every mount, refusal where the handler has none, a gate before", () => {
  const spec = { hostUsers: false, securityContext: {}, containers: [{ name: "c", image: "app" }] };
  const { out } = walk(spec);
  const range = [{ host_id: 65536, length: 65536 }];
  const config = out.containers[0]?.config;
  assert.deepEqual(config?.linux?.security_context?.namespace_options?.userns_options, {
    uids: range,
    gids: range,
  });
  assert.deepEqual(config?.mounts[0]?.uidMappings, range);
  assert.deepEqual(config?.mounts[0]?.gidMappings, range);
  const event = (file: WorldFile, more: object = {}) =>
    walk({ ...spec, ...more }, file).out.events[0]?.message.replace(
      "Failed to create pod sandbox: ",
      "",
    );
  assert.equal(
    event({ runtime: { features: { userns: false } } }),
    "can't set `spec.hostUsers: false`, runtime does not support user namespaces",
  );
  const classes = { k: { handler: "kata", features: { userns: false } } };
  assert.equal(
    event({ runtime: { classes } }, { runtimeClassName: "k" }),
    'can\'t set `spec.hostUsers: false`, RuntimeClass handler "kata" does not support user namespaces',
  );
  assert.equal(
    event({ runtime: { classes } }, { runtimeClassName: "x" }),
    'runtimeclass.node.k8s.io "x" not found',
  );
  assert.equal(
    event({ kubernetes: "v1.32" }),
    'the feature gate "UserNamespacesSupport" is disabled: can\'t set spec.HostUsers',
  );
  const old = walk(spec, { kubernetes: "v1.23" }).out.sandbox?.linux.security_context;
  assert.deepEqual(old?.namespace_options, { pid: "CONTAINER" });
});
