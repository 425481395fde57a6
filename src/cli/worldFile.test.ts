// World files: every slip is told at its place, and what somebody else's tool wrote beside the facts is left alone.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { UsageError } from "./errors.ts";
import { readWorldFile } from "./worldFile.ts";

function read(text: string): unknown {
  const folder = mkdtempSync(join(tmpdir(), "secctx-world-"));
  try {
    const file = join(folder, "w.yaml");
    writeFileSync(file, text);
    try {
      return readWorldFile(file);
    } catch (error) {
      assert.ok(error instanceof UsageError);
      const lines = error.message.split("\n").filter((line) => !line.startsWith("  "));
      return lines.map((line) => line.replace(file, "w.yaml"));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const RIGHT: readonly string[] = [
  "{}",
  "node: { appArmor: true, seLinux: no, name: node-1, appArmorProfiles: [a] }",
  "node: null",
  "runtime: { name: docker, features: null }",
  "images: { app:1: { user: '0' } }",
  "featureGates: { SELinuxMount: true }",
];
for (const text of RIGHT) {
  test(`a world: ${text}`, () => assert.equal(Array.isArray(read(text)), false));
}

const WRONG: readonly (readonly [string, readonly string[]])[] = [
  ["kubernets: 1", ['w.yaml:1:1: unknown part "kubernets" of the world; did you mean kubernetes?']],
  [
    "a: 1",
    [
      'w.yaml:1:1: unknown part "a" of the world; known are kubernetes, featureGates, allowPrivileged, namespace, podSecurity, node, runtime, images',
    ],
  ],
  [
    "node:\n  apparmor: true\n  seLinux: 'no'",
    [
      "w.yaml:2:3: unknown fact node.apparmor; did you mean appArmor?",
      'w.yaml:3:3: node.seLinux has to be true or false, not "no"',
    ],
  ],
  ["runtime: { nmae: docker }", ["w.yaml:1:12: unknown fact runtime.nmae; did you mean name?"]],
  [
    "images: { app:1: { User: '0' } }",
    ["w.yaml:1:20: unknown fact images.app:1.User; did you mean user?"],
  ],
  ["node: 3", ["w.yaml:1:1: node has to be a mapping"]],
  ["allowPrivileged: 1", ["w.yaml:1:1: allowPrivileged has to be true or false, not 1"]],
  ["- a", ["w.yaml is no world file: it holds no mapping"]],
];
for (const [text, messages] of WRONG) {
  test(`no world: ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), messages));
}
