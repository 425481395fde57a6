import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Level } from "./card.ts";
import { FIELDS } from "./fields.ts";

const CORE = fileURLToPath(new URL("../", import.meta.url));
const ROOMS = [
  "apiserver",
  "podsecurity",
  "kubelet",
  "containerd",
  "dockershim",
  "docker",
  "runc",
  "kernel",
];
const NAMES = FIELDS.map(({ name }) => name);

test("each field has one card, in a file of its name", () => {
  const files = readdirSync(`${CORE}fields`)
    .filter((file) => /^(?!card\.|fields\.).*(?<!\.test)\.ts$/.test(file))
    .map((file) => file.replace(/\.ts$/, ""));
  assert.deepEqual([...NAMES].sort(), files.sort());
  assert.equal(new Set(NAMES).size, 23);
});

test("a card stands at the levels where the API's types have the field, and every field has a card", () => {
  const source = readFileSync(`${CORE}model/pod.ts`, "utf8");
  const expected = new Map<string, Level[]>();
  const collect = (type: string, level: Level, of: (name: string) => boolean) => {
    const body = new RegExp(`interface ${type} \\{\\n([^}]*)\\}`).exec(source)?.[1] ?? "";
    for (const [, name = ""] of body.matchAll(/readonly (\w+)\?: /g)) {
      if (of(name)) expected.set(name, [...(expected.get(name) ?? []), level]);
    }
  };
  collect("PodSecurityContext", "pod", () => true);
  collect("SecurityContext", "container", () => true);
  collect("PodSpec", "podSpec", (name) => /^host(?!name)|^shareProcess/.test(name));
  assert.deepEqual(new Map(FIELDS.map(({ name, at }) => [name, at])), expected);
  assert.equal(FIELDS.filter(({ at }) => at.includes("pod")).length, 13);
  assert.equal(FIELDS.filter(({ at }) => at.includes("container")).length, 12);
});

test("the merge rule fits the levels", () => {
  for (const { name, at, merge, groups } of FIELDS) {
    const both = at.includes("pod") && at.includes("container");
    const rules = both
      ? ["containerWins", "bySubfield"]
      : at.includes("container")
        ? ["containerOnly"]
        : ["podOnly"];
    assert.ok(rules.includes(merge), name);
    assert.equal(groups !== undefined, merge === "bySubfield", name);
  }
});

test("the groups of subfields are all subfields, each once", () => {
  for (const { name, groups, subfields = [] } of FIELDS) {
    if (groups !== undefined) assert.deepEqual(groups.flat(), subfields, name);
  }
});

test("every room of a card is a file", () => {
  const missing = FIELDS.flatMap(({ name, rooms }) =>
    rooms.filter((room) => !existsSync(`${CORE}${room}.ts`)).map((room) => `${name}: ${room}`),
  );
  assert.deepEqual(missing, []);
});

test("a file in a room that carries a field's name is on the field's card", () => {
  const missing: string[] = [];
  for (const room of ROOMS) {
    for (const entry of readdirSync(`${CORE}${room}`, { recursive: true })) {
      const path = `${room}/${entry}`.replaceAll("\\", "/");
      if (!path.endsWith(".ts") || path.endsWith(".test.ts")) continue;
      const file = path.replace(/^.*\//, "").replace(/\.ts$/, "");
      for (const { name, rooms } of carriedBy(file)) {
        if (!rooms.includes(path.replace(/\.ts$/, ""))) missing.push(`${name}: ${path}`);
      }
    }
  }
  assert.deepEqual(missing, []);
});

/** `getSeccompProfile` carries seccompProfile; `runAsUserName` would carry runAsUser, `supplementalGroupsPolicy` only itself. */
function carriedBy(file: string): typeof FIELDS {
  const words = file.toLowerCase();
  const carried = FIELDS.filter(({ name }) => words.includes(name.toLowerCase()));
  return carried.filter(
    ({ name }) =>
      !carried.some(
        (other) => other.name !== name && other.name.toLowerCase().includes(name.toLowerCase()),
      ),
  );
}

test("summaries are sentences", () => {
  for (const { name, summary } of FIELDS) assert.match(summary, /^[A-Za-z].*\.$/, name);
});
