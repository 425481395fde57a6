// An object needs a name, or the beginning of one; the template of a pod needs none.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../model/json.ts";
import { completeWorld } from "../../model/world.ts";
import { apiserver } from "../apiserver.ts";

const SPEC = { containers: [{ name: "c", image: "app:1" }], restartPolicy: "Always" };
const ONCE = { containers: [{ name: "c", image: "app:1" }], restartPolicy: "Never" };
const LABELLED = { metadata: { labels: { app: "a" } }, spec: SPEC };
const SELECTING = { selector: { matchLabels: { app: "a" } }, template: LABELLED };

const KINDS: readonly (readonly [string, string, JsonObject])[] = [
  ["Pod", "v1", { spec: SPEC }],
  ["PodTemplate", "v1", { template: { spec: SPEC } }],
  ["ReplicationController", "v1", { spec: { template: LABELLED } }],
  ["Deployment", "apps/v1", { spec: SELECTING }],
  ["ReplicaSet", "apps/v1", { spec: SELECTING }],
  ["DaemonSet", "apps/v1", { spec: SELECTING }],
  ["StatefulSet", "apps/v1", { spec: { ...SELECTING, serviceName: "s" } }],
  ["Job", "batch/v1", { spec: { template: { spec: ONCE } } }],
  [
    "CronJob",
    "batch/v1",
    { spec: { schedule: "@daily", jobTemplate: { spec: { template: { spec: ONCE } } } } },
  ],
];

const REQUIRED = "metadata.name: Required value: name or generateName is required";
const NAMELESS: readonly (JsonObject | undefined)[] = [
  undefined,
  {},
  { name: "" },
  { generateName: "" },
];

for (const [kind, apiVersion, rest] of KINDS) {
  function created(metadata: JsonObject | undefined): string | undefined {
    const object = { apiVersion, kind, ...(metadata === undefined ? {} : { metadata }), ...rest };
    const { out } = apiserver({ operation: "create", kind, object }, completeWorld({}));
    return out.status?.message;
  }

  test(`a ${kind} needs a name, or the beginning of one`, () => {
    for (const metadata of NAMELESS) {
      const shown = JSON.stringify(metadata);
      assert.equal(created(metadata)?.endsWith(`"" is invalid: ${REQUIRED}`), true, shown);
    }
    assert.equal(created({ name: "a" }), undefined);
    assert.equal(created({ generateName: "a-" }), undefined);
  });

  test(`the namespace of a ${kind} is called as a DNS label, told between name and labels`, () => {
    assert.equal(created({ name: "a", namespace: "foo-bar" }), undefined);
    const refused = created({ name: "A", namespace: "Foo_Bar", labels: { "a b": "c" } }) ?? "";
    // What is declared of a ReplicationController's name comes last.
    const places = [...refused.matchAll(/metadata\.(\w+): Invalid value/g)].map(([, at]) => at);
    const wanted =
      kind === "ReplicationController"
        ? ["namespace", "labels", "name"]
        : ["name", "namespace", "labels"];
    assert.deepEqual(places, wanted);
    assert.match(
      refused,
      /metadata\.namespace: Invalid value: "Foo_Bar": a lowercase RFC 1123 label must/,
    );
  });
}
