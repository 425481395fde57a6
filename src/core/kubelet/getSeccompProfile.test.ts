import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, waitingOf, walk } from "../../../test/walkPod.ts";
import type { KubeMinor } from "../model/version.ts";
import type { WorldFile } from "../model/world.ts";

test("seccomp: container, pod, seccompDefault; Localhost becomes a path under the kubelet's root", () => {
  const profile = (own: object | undefined, pod: object | undefined, file: WorldFile = {}) =>
    contextOf(
      own === undefined ? {} : { seccompProfile: own },
      pod === undefined ? {} : { seccompProfile: pod },
      file,
    )?.seccomp;
  const byDefault = { node: { seccompDefault: true } };
  const local = { type: "Localhost", localhostProfile: "../up/p.json" };
  assert.deepEqual(profile(undefined, undefined), { profile_type: "Unconfined" });
  assert.deepEqual(profile(undefined, undefined, byDefault), {});
  assert.deepEqual(profile({ type: "Unconfined" }, undefined, byDefault), {
    profile_type: "Unconfined",
  });
  assert.deepEqual(profile({ type: "RuntimeDefault" }, local), {});
  assert.deepEqual(profile(undefined, local), {
    profile_type: "Localhost",
    localhost_ref: "/var/lib/kubelet/up/p.json",
  });
  assert.deepEqual(profile({ type: "Odd" }, undefined, byDefault), { profile_type: "Unconfined" });
  const nameless = "localhostProfile must be set if seccompProfile type is Localhost.";
  assert.equal(waitingOf({ seccompProfile: { type: "Localhost" } }), nameless);
  assert.equal(
    waitingOf({}, { seccompProfile: { type: "Localhost", localhostProfile: "" } }),
    nameless,
  );
  assert.equal(
    waitingOf({ seccompProfile: { type: "Localhost" } }, {}, { kubernetes: "v1.23" }),
    undefined,
  );
});

test("seccomp in 1.23: the old path, with annotations between the levels", () => {
  const annotations = {
    "container.seccomp.security.alpha.kubernetes.io/c": "localhost/a.json",
    "seccomp.security.alpha.kubernetes.io/pod": "docker/default",
  };
  const path = (own: object, pod: object, notes: object, kubernetes: KubeMinor = "v1.23") => {
    const containers = [{ name: "c", image: "app", securityContext: own }];
    const { out } = walk({ securityContext: pod, containers }, { kubernetes }, false, {
      annotations: notes,
    });
    return out.containers[0]?.config?.linux?.security_context?.seccomp_profile_path;
  };
  const runtime = { seccompProfile: { type: "RuntimeDefault" } };
  assert.equal(path({}, {}, {}), undefined);
  assert.equal(path(runtime, {}, annotations), "runtime/default");
  assert.equal(path({}, runtime, annotations), "localhost//var/lib/kubelet/seccomp/a.json");
  assert.equal(
    path({}, {}, { "seccomp.security.alpha.kubernetes.io/pod": "unconfined" }),
    "unconfined",
  );
  assert.equal(path({}, runtime, annotations, "v1.25"), "runtime/default");
  assert.equal(path({}, runtime, annotations, "v1.28"), undefined);
});
