import assert from "node:assert/strict";
import { test } from "node:test";
import type { NamespaceName } from "../model/observation.ts";
import type { OciNamespace, OciSpec } from "../model/oci.ts";
import type { ProcStatus } from "../model/proc.ts";
import { askedPaths, predictObservation } from "./predictObservation.ts";

const STATUS = {} as ProcStatus;

function withNamespaces(...namespaces: OciNamespace[]): OciSpec {
  return { linux: { namespaces } };
}

function sharing(name: NamespaceName, spec: OciSpec, sandboxSpec?: OciSpec) {
  const sandbox = sandboxSpec === undefined ? {} : { sandboxSpec };
  return predictObservation({ spec, status: STATUS, ...sandbox }).namespaces[name];
}

test("absent is the host's, without a path its own, with one the sandbox's", () => {
  const spec = withNamespaces({ type: "pid" }, { type: "ipc", path: "/proc/5/ns/ipc" });
  assert.equal(sharing("net", spec), "host");
  assert.equal(sharing("pid", spec), "own");
  assert.equal(sharing("ipc", spec), "sandbox");
});

test("a joined namespace of a sandbox in the host's is the host's", () => {
  const spec = withNamespaces({ type: "network", path: "/proc/5/ns/net" });
  assert.equal(sharing("net", spec, withNamespaces()), "host");
  assert.equal(sharing("net", spec, withNamespaces({ type: "network" })), "sandbox");
  const docker = { type: "network", path: "/var/run/docker/netns/default" } as const;
  assert.equal(sharing("net", withNamespaces(docker)), "host");
  assert.equal(sharing("net", spec, withNamespaces(docker)), "host");
});

test("the pid namespace of another container than the sandbox is neither", () => {
  const ipc = { type: "ipc", path: "/proc/5/ns/ipc" } as const;
  const sandbox = withNamespaces({ type: "pid" }, { type: "ipc" });
  assert.equal(
    sharing("pid", withNamespaces(ipc, { type: "pid", path: "/proc/5/ns/pid" }), sandbox),
    "sandbox",
  );
  assert.equal(
    sharing("pid", withNamespaces(ipc, { type: "pid", path: "/proc/7/ns/pid" }), sandbox),
    "own",
  );
});

test("paths: sorted, once, masked before read-only", () => {
  const spec: OciSpec = {
    root: { readonly: true },
    linux: { maskedPaths: ["/b", "/a", "/b"], readonlyPaths: ["/c", "/a"] },
  };
  const predicted = predictObservation({ spec, status: STATUS });
  assert.deepEqual(predicted.maskedPaths, ["/a", "/b"]);
  assert.deepEqual(predicted.readonlyPaths, ["/c"]);
  assert.equal(predicted.rootReadOnly, true);
  assert.deepEqual(askedPaths(spec), ["/a", "/b", "/c"]);
});
