import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { FieldPath, Range } from "../model/finding.ts";
import { isJsonObject, type JsonValue } from "../model/json.ts";
import { writeJson } from "../rules/json.ts";
import { readManifest } from "./manifest.ts";

function mapOf(text: string, index = 0) {
  const { pods, errors } = readManifest(text, "f");
  assert.deepEqual(errors, []);
  const map = pods[index]?.sourceMap;
  assert.ok(map);
  return {
    value: (...path: FieldPath) => shown(text, map.range(path)),
    key: (...path: FieldPath) => shown(text, map.key(path)),
  };
}

/** `line:column text`. */
function shown(text: string, range: Range | undefined): string | undefined {
  if (range === undefined) return undefined;
  const { start, end } = range;
  const before = text.slice(0, start.offset).split("\n");
  assert.equal(start.line, before.length);
  assert.equal(start.column, (before.at(-1) ?? "").length + 1);
  return `${start.line}:${start.column} ${text.slice(start.offset, end.offset)}`;
}

test("values and keys, in a later document too", () => {
  const at = mapOf(`a: 1
---
kind: Pod
metadata: {name: "x y", labels: }
spec:
  containers:
  - name: c # comment
    args: [a, 'b', {c: d}]
    command:
    - sh
  hostPID: !!bool yes
  text: |
    one
    two

`);
  assert.equal(at.value("kind"), "3:7 Pod");
  assert.equal(at.key("kind"), "3:1 kind");
  assert.equal(at.value("metadata", "name"), '4:18 "x y"');
  assert.equal(at.value("metadata", "labels"), "4:32 ");
  assert.equal(at.value("spec", "containers", 0, "name"), "7:11 c");
  assert.equal(at.value("spec", "containers", 0, "args", 2, "c"), "8:24 d");
  assert.equal(at.value("spec", "containers", 0, "args"), "8:11 [a, 'b', {c: d}]");
  assert.equal(at.key("spec", "containers", 0, "command"), "9:5 command");
  assert.equal(at.value("spec", "containers", 0, "command"), "10:5 - sh");
  assert.equal(at.value("spec", "hostPID"), "11:19 yes");
  assert.equal(at.value("spec", "text"), "12:9 |\n    one\n    two");
  assert.equal(at.key("spec", "containers", 0), undefined);
  assert.equal(at.value("spec", "nothing"), undefined);
  assert.equal(at.value("kind", "deeper"), undefined);
  assert.equal(at.value("spec", "containers", 7), undefined);
  assert.equal(at.value()?.slice(0, 14), "3:1 kind: Pod\n");
});

test("through aliases and merges, where the value is really written", () => {
  const at = mapOf(`x:
  base: &base {user: 1000, group: 5}
  more: &more {user: 7, extra: &e [a, b]}
kind: Pod
spec:
  a: *base
  b: {<<: [*base, *more]}
  c: {<<: *base, user: 3}
  d: {user: 3, <<: *base}
  e: *e
`);
  assert.equal(at.value("spec", "a", "user"), "2:22 1000");
  assert.equal(at.key("spec", "a", "user"), "2:16 user");
  assert.equal(at.value("spec", "b", "user"), "2:22 1000");
  assert.equal(at.value("spec", "b", "extra", 1), "3:39 b");
  assert.equal(at.value("spec", "c", "user"), "8:24 3");
  assert.equal(at.value("spec", "d", "user"), "2:22 1000");
  assert.equal(at.value("spec", "e"), "3:35 [a, b]");
  assert.equal(at.key("spec", "e"), "10:3 e");
});

test("of keys written twice the last, of keys that are no text their JSON form", () => {
  const at = mapOf("kind: Pod\na: 1\na: 2\nyes: 3\n0x10: 4\n");
  assert.equal(at.value("a"), "3:4 2");
  assert.equal(at.value("true"), "4:6 3");
  assert.equal(at.key("16"), "5:1 0x10");
});

test("JSON, one after the other", () => {
  const at = mapOf('{"kind":"Pod"}\n{"kind": "Pod", "spec": {"containers": [{"name": "c"}]}}', 1);
  assert.equal(at.value("spec", "containers", 0, "name"), '2:50 "c"');
  assert.equal(at.key("spec", "containers"), '2:26 "containers"');
});

test("items of a list, from the document's root", () => {
  const text = "kind: PodList\nitems:\n- spec: {hostPID: true}\n- spec: {hostPID: false}\n";
  const { pods } = readManifest(text, "f");
  const path = [...(pods[1]?.workload.podPath ?? []), "spec", "hostPID"];
  assert.equal(shown(text, pods[1]?.sourceMap.range(path)), "4:19 false");
});

test("a large document is read again when it is asked", () => {
  const many = Array.from({ length: 120_000 }, (_, at) => `- ${at}`).join("\n");
  const text = `kind: Pod\nspec: {a: b}\nlist:\n${many}\n`;
  const at = mapOf(text, 0);
  assert.equal(at.value("spec", "a"), "2:11 b");
  assert.equal(at.value("list", 119_999), "120003:3 119999");
});

test("every value of any document has its place, and nothing else has", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      const written = { kind: "Pod", spec: JSON.parse(JSON.stringify(value)) as JsonValue };
      const text = writeJson(written, { indent });
      const map = readManifest(text, "f").pods[0]?.sourceMap;
      for (const [path, part] of parts(written, [])) {
        const { start, end } = map?.range(path) ?? assert.fail(path.join("."));
        assert.deepEqual(JSON.parse(text.slice(start.offset, end.offset)), part);
        assert.equal(map?.range([...path, "no such key"]), undefined);
      }
    }),
    { numRuns: 50 },
  );
});

function* parts(value: JsonValue, path: FieldPath): Generator<[FieldPath, JsonValue]> {
  yield [path, value];
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* parts(item, [...path, index]);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) yield* parts(item, [...path, key]);
  }
}
