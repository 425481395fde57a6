import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostConfig } from "../../core/model/docker.ts";
import type { ContainerMount, ContainerRequest, SandboxRequest } from "../engine.ts";
import { containerBody, sandboxBody } from "./createRequest.ts";

const PLACE = {
  image: "sha256:1",
  sandbox: "s1",
  pod: "p-1",
  idOf: (name: string) => (name === "app" ? "a1" : undefined),
};
const REQUEST: ContainerRequest = {
  name: "c",
  kind: "container",
  attempt: 0,
  image: { reference: "app:1", rootfs: "/", digest: "", user: "", isDirectory: false },
  process: {
    args: ["a", "b"],
    env: ["A=1"],
    cwd: "/w",
    terminal: false,
    stdin: true,
    stdinOnce: true,
  },
  mounts: [],
  cri: {},
  spec: null,
  docker: null,
  probe: false,
  output: () => {},
};

function body(hostConfig: HostConfig, mounts: readonly ContainerMount[] = []) {
  return containerBody({ ...REQUEST, mounts }, { config: { User: "1000" }, hostConfig }, PLACE);
}

test("dockershim's documents go to the daemon as they are", () => {
  const hostConfig = { CapDrop: ["ALL"], SecurityOpt: ["seccomp=unconfined"], MaskedPaths: null };
  const sent = body(hostConfig);
  assert.equal(sent.User, "1000");
  assert.deepEqual(sent.HostConfig, { ...hostConfig, Binds: [] });
});

test("the sandbox and a debugged container get their ids, other modes stay", () => {
  const sandbox = "container:<sandbox>";
  const { HostConfig } = body({ NetworkMode: sandbox, IpcMode: sandbox, PidMode: "container:app" });
  assert.equal(HostConfig.NetworkMode, "container:s1");
  assert.equal(HostConfig.IpcMode, "container:s1");
  assert.equal(HostConfig.PidMode, "container:a1");
  assert.equal(body({ PidMode: "host" }).HostConfig.PidMode, "host");
  assert.equal(body({ PidMode: "container:gone" }).HostConfig.PidMode, "container:gone");
  assert.equal("PidMode" in body({}).HostConfig, false);
});

test("binds, in dockershim's words", () => {
  const at = { container_path: "/in", host_path: "/out" };
  const { HostConfig } = body({}, [
    at,
    { ...at, readonly: true },
    { ...at, readonly: true, selinux_relabel: true, propagation: "PROPAGATION_HOST_TO_CONTAINER" },
    { ...at, propagation: "PROPAGATION_BIDIRECTIONAL" },
    { ...at, propagation: "PROPAGATION_PRIVATE" },
  ]);
  const binds = ["/out:/in", "/out:/in:ro", "/out:/in:ro,Z,rslave", "/out:/in:rshared", "/out:/in"];
  assert.deepEqual(HostConfig.Binds, binds);
});

test("the image's entry point and health check are not run", () => {
  const sent = body({});
  assert.deepEqual([sent["Entrypoint"], sent["Cmd"]], [["a", "b"], []]);
  assert.deepEqual(sent["Healthcheck"], { Test: ["NONE"] });
  assert.deepEqual([sent["OpenStdin"], sent["StdinOnce"], sent["Tty"]], [true, true, false]);
});

test("a sandbox in the host's network has no name of its own", () => {
  const request = { id: "p-1", hostname: "p" } as SandboxRequest;
  const named = (NetworkMode: string): unknown =>
    sandboxBody(request, { config: {}, hostConfig: { NetworkMode } }, "i")["Hostname"];
  assert.equal(named("none"), "p");
  assert.equal(named("host"), undefined);
});
