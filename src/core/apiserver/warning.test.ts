import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../model/json.ts";
import { DEFAULT_WORLD } from "../model/world.ts";
import { apiserver } from "./apiserver.ts";
import { recordWarnings, type Warning } from "./warning.ts";

function warning(message: string): Warning {
  return { message, path: [] };
}

test("each text once; one with a control character is lost", () => {
  const recorded = recordWarnings(["a", "b", "a", "c\n"].map(warning));
  assert.deepEqual(
    recorded.map(({ message }) => message),
    ["a", "b"],
  );
});

test("beyond 4096 runes every text is cut to 256, until 4096 are written again", () => {
  const texts = Array.from({ length: 30 }, (_, index) => `${index}:${"ä".repeat(400)}`);
  const recorded = recordWarnings(texts.map(warning));
  assert.equal(recorded.length, 16);
  assert.ok(recorded.every(({ message }) => [...message].length === 256));
});

function warningsOf(spec: JsonObject): readonly string[] {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec };
  return apiserver({ operation: "create", kind: "Pod", object }, DEFAULT_WORLD).out.warnings;
}

test("ports that collide", () => {
  const port = (more: JsonObject): JsonObject => ({ containerPort: 80, ...more });
  const ports = [
    port({ name: "a" }),
    port({ name: "a", protocol: "UDP" }),
    port({ hostPort: 1 }),
    port({ hostPort: 1, hostIP: "1.1.1.1" }),
    port({}),
  ];
  const containers = [
    { name: "c", image: "x", ports: ports.slice(0, 1) },
    { name: "d", image: "x", ports: ports.slice(1) },
  ];
  const at = (index: number): string => `spec.containers[1].ports[${index}]`;
  assert.deepEqual(warningsOf({ containers }), [
    `${at(1)}: overlapping port definition with spec.containers[0].ports[0]`,
    `${at(2)}: overlapping port definition with spec.containers[0].ports[0]`,
    `${at(2)}: dangerously ambiguous port definition with ${at(1)}`,
    `${at(3)}: duplicate port definition with spec.containers[0].ports[0]`,
    `${at(3)}: overlapping port definition with ${at(1)}`,
    `${at(3)}: overlapping port definition with ${at(2)}`,
    `${at(0)}: duplicate port name "a" with spec.containers[0].ports[0], services and probes that select ports by name will use spec.containers[0].ports[0]`,
  ]);
});

test("volume plugins that are gone", () => {
  const volumes = [
    { name: "g", gitRepo: { repository: "r" } },
    { name: "s", storageos: { volumeName: "v" } },
  ];
  assert.deepEqual(warningsOf({ containers: [{ name: "c", image: "x" }], volumes }), [
    "spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+",
    "spec.volumes[1].storageOS: deprecated in v1.22, non-functional in v1.25+",
  ]);
});
