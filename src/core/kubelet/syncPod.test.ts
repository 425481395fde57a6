import assert from "node:assert/strict";
import { test } from "node:test";
import { one, walk } from "../../../test/walkPod.ts";
import type { KubeMinor } from "../model/version.ts";
import type { WorldFile } from "../model/world.ts";

test("an init container that is refused holds up the rest, not the ephemeral ones", () => {
  const spec = {
    securityContext: { runAsNonRoot: true },
    initContainers: [
      { name: "ok", image: "app" },
      { name: "side", image: "root", restartPolicy: "Always" },
      { name: "later", image: "app" },
    ],
    containers: [{ name: "c", image: "app" }],
    ephemeralContainers: [{ name: "dbg", image: "app" }],
  };
  const { out, gates } = walk(spec);
  assert.deepEqual(
    out.containers.map((one) => [
      one.name,
      one.kind,
      one.config !== null,
      one.waiting?.reason,
      one.notReached,
    ]),
    [
      ["ok", "init", true, undefined, undefined],
      ["side", "sidecar", false, "CreateContainerConfigError", undefined],
      ["later", "init", false, undefined, "PodInitializing"],
      ["c", "container", false, undefined, "PodInitializing"],
      ["dbg", "ephemeral", true, undefined, undefined],
    ],
  );
  assert.deepEqual(
    out.events.map(({ reason, fieldPath }) => `${reason} ${fieldPath}`),
    [
      "Pulled spec.initContainers{ok}",
      "Created spec.initContainers{ok}",
      "Started spec.initContainers{ok}",
      "Pulled spec.initContainers{side}",
      "Failed spec.initContainers{side}",
      "Pulled spec.ephemeralContainers{dbg}",
      "Created spec.ephemeralContainers{dbg}",
      "Started spec.ephemeralContainers{dbg}",
    ],
  );
  const closed = gates.filter(({ finding }) => finding !== undefined);
  assert.deepEqual(
    closed.map(({ id, container }) => [id, container]),
    [["kubelet.verifyRunAsNonRoot", "side"]],
  );
});

test("an ephemeral container joins its target's processes, if the target is there", () => {
  const spec = (share: boolean, target: string) => ({
    shareProcessNamespace: share,
    securityContext: {},
    containers: [{ name: "c", image: "app" }],
    ephemeralContainers: [{ name: "dbg", image: "app", targetContainerName: target }],
  });
  const options = (share: boolean) =>
    walk(spec(share, "c")).out.containers[1]?.config?.linux?.security_context?.namespace_options;
  assert.equal(options(false)?.pid, "TARGET");
  assert.equal(options(false)?.target_id, "<c>");
  assert.equal(options(true)?.pid, undefined);
  assert.equal(
    walk(spec(false, "no")).out.containers[1]?.waiting?.message,
    "unable to find target container no",
  );
});

test("ConfigMaps and Secrets that the namespace is known to lack", () => {
  const file: WorldFile = { namespace: { name: "n", configMaps: { a: ["k"] }, secrets: {} } };
  const spec = (more: object, volumes: object[] = []) => ({
    securityContext: {},
    volumes,
    containers: [
      {
        name: "c",
        image: "app",
        volumeMounts: volumes.map(() => ({ name: "v", mountPath: "/v" })),
        ...more,
      },
    ],
  });
  const waiting = (more: object) => walk(spec(more), file).out.containers[0]?.waiting?.message;
  assert.equal(waiting({ envFrom: [{ configMapRef: { name: "a" } }] }), undefined);
  assert.equal(waiting({ envFrom: [{ secretRef: { name: "s" } }] }), 'secret "s" not found');
  assert.equal(waiting({ envFrom: [{ secretRef: { name: "s", optional: true } }] }), undefined);
  const from = (key: string) => ({
    env: [{ name: "K", valueFrom: { configMapKeyRef: { name: "a", key } } }],
  });
  assert.equal(waiting(from("k")), undefined);
  assert.equal(waiting(from("z")), "couldn't find key z in ConfigMap n/a");
  const volumes = [{ name: "v", projected: { sources: [{ configMap: { name: "b" } }] } }];
  const { out } = walk(spec({}, volumes), file);
  assert.equal(out.sandbox, null);
  assert.deepEqual(out.events, [
    {
      type: "Warning",
      reason: "FailedMount",
      message: 'MountVolume.SetUp failed for volume "v" : configmap "b" not found',
    },
  ]);
  assert.notEqual(walk(spec({}, volumes)).out.sandbox, null);
});

test("events speak the release's language", () => {
  const events = (kubernetes: KubeMinor, spec: object = {}) =>
    one({}, {}, { kubernetes }, spec).out.events.map(({ message }) => message);
  assert.deepEqual(events("v1.23"), [
    'Container image "app" already present on machine',
    "Created container c",
    "Started container c",
  ]);
  assert.deepEqual(events("v1.29").slice(1), ["Created container: c", "Started container c"]);
  assert.deepEqual(events("v1.37", { imagePullPolicy: "Always" }), [
    'Pulling image "app"',
    'Successfully pulled image "app"',
    "Container created",
    "Container started",
  ]);
});
