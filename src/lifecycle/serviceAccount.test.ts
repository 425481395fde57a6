import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import { isServiceAccountMount, mountServiceAccountToken } from "./serviceAccount.ts";

const PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";

function podOf(spec: object): Pod {
  const metadata = { name: "p", namespace: "n" };
  return { metadata, spec: { containers: [{ name: "c" }], ...spec } } as Pod;
}

function account(name: string, automount: boolean, namespace?: string): JsonObject {
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  return { kind: "ServiceAccount", metadata, automountServiceAccountToken: automount };
}

test("the volume and its mount, as the admission plugin writes them", () => {
  const { spec } = mountServiceAccountToken(podOf({ initContainers: [{ name: "i" }] }), []);
  const name = spec.volumes?.[0]?.name ?? "";
  assert.match(name, /^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  assert.equal(mountServiceAccountToken(podOf({}), []).spec.volumes?.[0]?.name, name);
  const mount = { name, readOnly: true, mountPath: PLACE };
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    assert.deepEqual(container.volumeMounts, [mount]);
  }
  assert.equal(isServiceAccountMount(mount), true);
  assert.deepEqual(spec.volumes?.[0]?.["projected"], {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      {
        downwardAPI: {
          items: [
            { path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } },
          ],
        },
      },
    ],
  });
});

test("who says no, and who is not asked", () => {
  const no = { automountServiceAccountToken: false };
  const yes = { automountServiceAccountToken: true };
  const named = { serviceAccountName: "a" };
  const rows: readonly (readonly [
    spec: object,
    objects: readonly JsonObject[],
    mounts: boolean,
  ])[] = [
    [no, [], false],
    [{}, [account("default", false)], false],
    [{}, [account("default", false, "other")], true],
    [{}, [account("a", false)], true],
    [named, [account("a", false, "n")], false],
    [named, [account("a", true)], true],
    [{ ...named, ...yes }, [account("a", false)], true],
    [no, [account("default", true)], false],
    [named, [], true],
  ];
  for (const [spec, objects, mounts] of rows) {
    const pod = podOf(spec);
    const after = mountServiceAccountToken(pod, objects);
    const isMounted = after.spec.volumes !== undefined;
    assert.equal(isMounted, mounts, JSON.stringify([spec, objects]));
    const name = pod.spec.serviceAccountName ?? "default";
    assert.equal(after.spec.serviceAccountName, name);
    assert.equal(after.spec["serviceAccount"], name);
  }
});

test("a place that is taken stays, and a volume of that name is used", () => {
  const mount = { name: "v", mountPath: PLACE };
  const taken = podOf({
    containers: [{ name: "c", volumeMounts: [mount] }, { name: "d" }],
    volumes: [
      { name: "v", emptyDir: {} },
      { name: "kube-api-access-x", emptyDir: {} },
    ],
  });
  const { spec } = mountServiceAccountToken(taken, []);
  assert.deepEqual(spec.volumes, taken.spec.volumes);
  assert.deepEqual(spec.containers?.[0]?.volumeMounts, [mount]);
  assert.equal(spec.containers?.[1]?.volumeMounts?.[0]?.name, "kube-api-access-x");
  const all = podOf({ containers: [{ name: "c", volumeMounts: [mount] }] });
  const left = mountServiceAccountToken(all, []);
  assert.deepEqual(left.spec.containers, all.spec.containers);
  assert.equal(left.spec.volumes, undefined);
});
