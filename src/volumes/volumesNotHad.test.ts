import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pod } from "../core/model/pod.ts";
import { VOLUME_PLUGINS } from "../core/tables/volumePlugins.ts";
import { VOLUMES, volumesNotHad } from "./volumesNotHad.ts";

function notHad(volume: object, mounted = "v"): string[] {
  const containers = [{ name: "c", volumeMounts: [{ name: mounted, mountPath: "/v" }] }];
  const pod = { spec: { containers, volumes: [{ name: "v", ...volume }] } } as unknown as Pod;
  return volumesNotHad(pod).map(({ name, kind, path }) => `${name} ${kind} ${path.join(".")}`);
}

test("kinds of volumes that no folder of this machine can be", () => {
  for (const kind of [...VOLUME_PLUGINS.map(({ source }) => source), ...VOLUMES]) {
    const answer = VOLUMES.includes(kind) ? [] : [`v ${kind} spec.volumes.0.${kind}`];
    assert.deepEqual(notHad({ [kind]: {} }), answer);
  }
  assert.deepEqual(notHad({ nfs: {} }, "other"), []);
});

test("sources of a projected volume", () => {
  const sources = [{ secret: { name: "s" } }, { clusterTrustBundle: { path: "ca" } }];
  assert.deepEqual(notHad({ projected: { sources } }), [
    "v clusterTrustBundle spec.volumes.0.projected.sources.1.clusterTrustBundle",
  ]);
  assert.deepEqual(notHad({ projected: { sources: sources.slice(0, 1) } }), []);
});
