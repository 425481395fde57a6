import assert from "node:assert/strict";
import { test } from "node:test";
import { fromJson, toJson } from "@bufbuild/protobuf";
import type { ContainerRequest, SandboxRequest } from "../engine.ts";
import { containerConfig, sandboxConfig } from "./requests.ts";
import { ContainerConfigSchema, PodSandboxConfigSchema } from "./wire/runtimeV1_pb.js";

const SANDBOX: SandboxRequest = {
  id: "p-1",
  hostname: "p",
  dns: { resolvConf: "nameserver 10.0.0.1\nsearch a b\noptions ndots:5\n", hosts: "" },
  cri: { security_context: { run_as_user: { value: "9007199254740993" }, seccomp: {} } },
  spec: {},
  docker: null,
  sharedProcessNamespace: false,
  resources: {},
  tmpfs: [],
};

function container(request: Partial<ContainerRequest> = {}): ContainerRequest {
  return {
    name: "c",
    kind: "container",
    attempt: 2,
    image: { reference: "app:1", rootfs: "/", digest: "", user: "", isDirectory: false },
    process: {
      args: ["a", "b"],
      env: ["A=1=2"],
      cwd: "/w",
      terminal: true,
      stdin: false,
      stdinOnce: false,
    },
    mounts: [],
    cri: {},
    spec: null,
    docker: null,
    probe: false,
    output: () => {},
    ...request,
  };
}
const PLACE = { image: "app:1", hosts: "/h", pod: "p-1" };

test("the kubelet's document goes to the runtime as it is, large ids too", () => {
  const sent = fromJson(PodSandboxConfigSchema, sandboxConfig(SANDBOX, "/logs") as never);
  assert.equal(sent.linux?.securityContext?.runAsUser?.value, 9007199254740993n);
  assert.deepEqual(toJson(PodSandboxConfigSchema, sent, { useProtoFieldName: true }), {
    metadata: { name: "p-1", uid: "p-1", namespace: "secctx" },
    hostname: "p",
    log_directory: "/logs",
    dns_config: { servers: ["10.0.0.1"], searches: ["a", "b"], options: ["ndots:5"] },
    labels: { "secctx.pod": "p-1" },
    linux: SANDBOX.cri,
  });
});

test("a sandbox in the host's network has no name of its own", () => {
  const cri = { security_context: { namespace_options: { network: "NODE" } } } as const;
  assert.equal("hostname" in sandboxConfig({ ...SANDBOX, cri }, "/logs"), false);
});

test("process, hosts file and log of a container", () => {
  const sent = fromJson(ContainerConfigSchema, containerConfig(container(), PLACE) as never);
  assert.deepEqual(toJson(ContainerConfigSchema, sent, { useProtoFieldName: true }), {
    metadata: { name: "c", attempt: 2 },
    image: { image: "app:1", user_specified_image: "app:1" },
    command: ["a", "b"],
    working_dir: "/w",
    envs: [{ key: "A", value: "1=2" }],
    mounts: [{ container_path: "/etc/hosts", host_path: "/h" }],
    labels: { "secctx.pod": "p-1" },
    log_path: "c/2.log",
    tty: true,
    linux: {},
  });
});

test("a pod's own /etc/hosts stays, and what only secctx needs to know is not sent", () => {
  const subPath = { volume: "/v", open: () => -1, notPrepared: "" };
  const mounts = [{ container_path: "/etc/hosts", host_path: "/v/sub", readonly: true, subPath }];
  const { mounts: sent } = containerConfig(container({ mounts }), PLACE);
  assert.deepEqual(sent, [{ container_path: "/etc/hosts", host_path: "/v/sub", readonly: true }]);
});
