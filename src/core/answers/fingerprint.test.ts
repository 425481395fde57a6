// A finding keeps its name whatever changes beside it, and another finding has another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../manifest/manifest.ts";
import { composeWorld } from "../rules/world.ts";
import { checkPodDocument } from "./check.ts";

const WORLD = composeWorld({});

interface Part {
  readonly name: string;
  readonly [field: string]: unknown;
}

/** `id container` → fingerprints. */
function prints(containers: readonly Part[], spec: object = {}): ReadonlyMap<string, string[]> {
  const all = containers.map((one) => ({ image: "x", ...one }));
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } };
  const text = JSON.stringify({ ...pod, spec: { containers: all, ...spec } });
  const [document] = readManifest(text, "a.json").pods;
  assert.ok(document);
  const found = new Map<string, string[]>();
  for (const { id, container = "", fingerprint } of checkPodDocument(document, [WORLD]).findings) {
    const key = `${id} ${container}`;
    found.set(key, [...(found.get(key) ?? []), fingerprint]);
  }
  return found;
}

const A = { name: "a", securityContext: { capabilities: { add: ["SYS_TIME"] } } };
const B = { name: "b", ports: [{ containerPort: 80, hostPort: 80 }] };

test("a container more leaves the findings of the others what they are", () => {
  const before = prints([A, B]);
  const after = prints([{ name: "new" }, A, B]);
  assert.ok(before.size > 8);
  for (const [key, fingerprints] of before) assert.deepEqual(after.get(key), fingerprints, key);
});

test("a volume and a capability more are findings more; those before stay", () => {
  const volume = (name: string) => ({ name, hostPath: { path: `/${name}` } });
  const more = { ...A, securityContext: { capabilities: { add: ["SYS_PTRACE", "SYS_TIME"] } } };
  const before = prints([A], { volumes: [volume("v")] });
  const after = prints([more], { volumes: [volume("u"), volume("v")] });
  for (const key of ["podsecurity.restrictedVolumes ", "podsecurity.capabilities_restricted a"]) {
    const [old, now] = [before.get(key) ?? [], after.get(key) ?? []];
    assert.equal(now.length, old.length + 1, key);
    assert.ok(
      old.every((one) => now.includes(one)),
      key,
    );
    assert.equal(new Set(now).size, now.length, key);
  }
});

test("another port is another finding", () => {
  const other = { ...B, ports: [{ containerPort: 80, hostPort: 81 }] };
  const key = "podsecurity.hostPorts b";
  assert.notDeepEqual(prints([B]).get(key), prints([other]).get(key));
});
