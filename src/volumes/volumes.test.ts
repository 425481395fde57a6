// Objects and claims that volumes name: there, missing, optional.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filled, only, podWith, prepare, ROOT, withFolder } from "../../test/volumeBench.ts";
import type { JsonObject } from "../core/model/json.ts";
import { prepareVolumes } from "./volumes.ts";

test("objects that are missing, keys that are missing, and what is optional", ROOT, () => {
  withFolder((folder) => {
    const objects: JsonObject[] = [
      { kind: "ConfigMap", metadata: { name: "cm", namespace: "lab" }, data: { a: "1" } },
      { kind: "ConfigMap", metadata: { name: "elsewhere", namespace: "other" }, data: {} },
      {
        kind: "Secret",
        metadata: { name: "s" },
        data: { k: "aGk=" },
        stringData: { k: "over", t: "x" },
      },
    ];
    const items = [{ key: "nope", path: "x" }];
    const rows: readonly [volume: JsonObject, failure: string | undefined][] = [
      [{ configMap: { name: "cm" } }, undefined],
      [{ configMap: { name: "no" } }, 'configmap "no" not found'],
      [{ configMap: { name: "elsewhere" } }, 'configmap "elsewhere" not found'],
      [{ configMap: { name: "no", optional: true } }, undefined],
      [{ configMap: { name: "cm", items } }, "configmap references non-existent config key: nope"],
      [{ configMap: { name: "cm", items, optional: true } }, undefined],
      [{ secret: { secretName: "no" } }, 'secret "no" not found'],
      [{ secret: { secretName: "s", items } }, "references non-existent secret key: nope"],
      [
        { projected: { sources: [{ secret: { name: "x" } }, { configMap: { name: "y" } }] } },
        '[secret "x" not found, configmap "y" not found]',
      ],
      [{ projected: { sources: [{ configMap: { name: "kube-root-ca.crt" } }] } }, undefined],
      [
        { configMap: { name: "cm", items: [{ key: "a", path: "../x" }] } },
        "invalid path: must not contain '..': ../x",
      ],
      [
        { configMap: { name: "cm", items: [{ key: "a", path: "/x" }] } },
        "invalid path: must be relative path: /x",
      ],
      [
        { configMap: { name: "cm", items: [{ key: "a", path: "..x" }] } },
        "invalid path: must not start with '..': ..x",
      ],
      [
        { downwardAPI: { items: [{ path: "x", fieldRef: { fieldPath: "spec.nodeName" } }] } },
        "unsupported fieldPath: spec.nodeName",
      ],
      [{ emptyDir: { medium: "Disk" } }, 'unknown storage medium "Disk"'],
    ];
    for (const [volume, failure] of rows) {
      const answer = prepare(mkdtempSync(join(folder, "pod-")), volume, { objects });
      assert.equal(
        answer.failure?.message,
        failure === undefined ? undefined : `MountVolume.SetUp failed for volume "v" : ${failure}`,
      );
    }
    const secret = only(prepare(folder, { secret: { secretName: "s" } }, { objects }));
    assert.equal(readFileSync(join(secret.path, "k"), "utf8"), "over");
    assert.equal(readFileSync(join(secret.path, "t"), "utf8"), "x");
    assert.equal(secret.readOnly, true);
  });
});

test("a claim: not there, mapped, bound to a folder, and provisioned", ROOT, () => {
  withFolder((folder) => {
    const volume = { persistentVolumeClaim: { claimName: "data" } };
    assert.equal(
      prepare(folder, volume).failure?.message,
      'Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[v]: error processing PVC lab/data: failed to fetch PVC from API server: persistentvolumeclaims "data" not found',
    );
    const claim = { kind: "PersistentVolumeClaim", metadata: { name: "data", namespace: "lab" } };
    const fresh = only(prepare(join(folder, "one"), volume, { objects: [claim] }));
    assert.equal(statSync(fresh.path).mode & 0o7777, 0o777);
    mkdirSync(join(folder, "own"));
    const told = prepare(folder, volume, { claims: { data: join(folder, "own") } });
    assert.equal(only(told).path, join(folder, "own"));
    const gone = prepare(folder, volume, { claims: { data: join(folder, "gone") } });
    assert.match(gone.failure?.message ?? "", /: path ".*\/gone" does not exist$/);
    const bound = {
      kind: "PersistentVolume",
      metadata: { name: "pv" },
      spec: { hostPath: { path: join(folder, "host"), type: "DirectoryOrCreate" } },
    };
    const claimed = { ...claim, spec: { volumeName: "pv" } };
    assert.equal(
      only(prepare(folder, volume, { objects: [claimed, bound] })).path,
      join(folder, "host"),
    );
  });
});

test("what a pod tells of itself in files", ROOT, () => {
  withFolder((folder) => {
    const field = (path: string, fieldPath: string): JsonObject => ({
      path,
      fieldRef: { fieldPath },
    });
    const resource = (path: string, what: string, divisor?: string): JsonObject => ({
      path,
      resourceFieldRef: {
        containerName: "c",
        resource: what,
        ...(divisor === undefined ? {} : { divisor }),
      },
    });
    const items = [
      field("name", "metadata.name"),
      field("labels", "metadata.labels"),
      field("one", "metadata.labels['a']"),
      field("notes", "metadata.annotations"),
      { ...field("deep/uid", "metadata.uid"), mode: 0o400 },
      resource("cpu", "limits.cpu", "1m"),
      resource("cores", "requests.cpu"),
      resource("memory", "limits.memory", "1Mi"),
    ];
    const pod = podWith({ downwardAPI: { items, defaultMode: 0o640 } });
    const [container] = pod.spec.containers;
    const volume = only(
      filled(
        prepareVolumes({
          pod: {
            ...pod,
            spec: {
              ...pod.spec,
              containers: [
                { ...(container ?? { name: "c" }), resources: { requests: { cpu: "1500m" } } },
              ],
            },
          },
          directory: folder,
          objects: [],
          allocatable: { cpu: "4", memory: "3Gi" },
        }),
      ),
    );
    const read = (name: string): string => readFileSync(join(volume.path, name), "utf8");
    assert.equal(read("name"), "p");
    assert.equal(read("labels"), 'a="1"\nb="say \\"hi\\""');
    assert.equal(read("one"), "1");
    assert.equal(read("notes"), 'note="line\\nline"');
    assert.equal(read("cpu"), "4000");
    assert.equal(read("cores"), "2");
    assert.equal(read("memory"), "3072");
    assert.equal(statSync(join(volume.path, "deep/uid")).mode & 0o777, 0o400);
    assert.equal(statSync(join(volume.path, "name")).mode & 0o777, 0o640);
  });
});
