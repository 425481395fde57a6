// Pods alike are judged once: every answer from memory is the one that the pod gets when it is judged itself.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { deployments } from "../bench/deployments.ts";
import { standInOf } from "../src/core/answers/alike/standIn.ts";
import { checkPodDocument, newCheckMemory } from "../src/core/answers/check.ts";
import { PAGES } from "../src/core/answers/pages/catalogue.ts";
import { type PodDocument, readManifest } from "../src/core/manifest/manifest.ts";
import type { JsonObject } from "../src/core/model/json.ts";
import type { World } from "../src/core/model/world.ts";
import { writeJson } from "../src/core/rules/json.ts";
import { composeWorld } from "../src/core/rules/world.ts";
import { goldenRows } from "./golden.ts";

const CORPUS = fileURLToPath(new URL("../../shared/corpus/", import.meta.url));
const ALONE: readonly [World, ...World[]] = [composeWorld({ node: { appArmor: true } })];
const RANGE: readonly [World, ...World[]] = [
  composeWorld({ kubernetes: "v1.28" }),
  composeWorld({ kubernetes: "v1.37" }),
];

/** Judges pods with one memory, and each by itself. @returns how many had their answer from memory */
function compareAll(texts: Iterable<string>, worlds: readonly [World, ...World[]]): number {
  const memory = newCheckMemory();
  memory.alike.count = 1_000;
  const keys = new Set<string>();
  let remembered = 0;
  for (const text of texts) {
    for (const pod of readManifest(text, "x.yaml").pods) {
      for (const one of [pod, ...siblingsOf(pod)]) {
        const options = { excerpts: true, level: "restricted" } as const;
        const own = checkPodDocument(one, worlds, options);
        const told = checkPodDocument(one, worlds, { ...options, memory });
        assert.equal(JSON.stringify(told), JSON.stringify(own), text);
        const key = standInOf(one, ALONE[0])?.key;
        if (key === undefined) continue;
        if (keys.has(key)) remembered += 1;
        keys.add(key);
      }
    }
  }
  return remembered;
}

/** The same pod with other names, written as JSON. */
function siblingsOf(pod: PodDocument): readonly PodDocument[] {
  const standIn = standInOf(pod, ALONE[0]);
  if (standIn === undefined) return [];
  const { object } = standIn.document();
  const name = (text: string): string => `n${(Number(text) * 7919) % 1000}-${text}`;
  const renamed = writeJson(object)
    .replaceAll(/zq(\d{3})z/g, (_, digits: string) => name(digits))
    .replaceAll(/"containerPort":61(\d{3})/g, (_, digits: string) => `"containerPort":7${digits}`)
    .replaceAll(/\b62(\d{3})\b/g, (_, digits: string) => String(50 + 13 * Number(digits)));
  return readManifest(renamed, "sibling.json").pods;
}

test("the examples of every finding's page", () => {
  const texts = PAGES.flatMap(({ failing = "", passing = "" }) => [failing, passing]);
  assert.ok(compareAll(texts, ALONE) > 100);
  assert.ok(compareAll(texts, RANGE) > 100);
});

test("what kube-apiserver was asked in its recording", () => {
  const rows = goldenRows<{ kind: string; pod?: JsonObject; object?: JsonObject; op: string }>(
    "kube-apiserver-1.37.2/validation.jsonl",
  );
  const every = Number(process.env["SECCTX_EVERY"] ?? 7);
  const texts = rows
    .filter(({ op }, index) => op === "create" && index % every === 0)
    .map(({ kind, pod, object = pod }) =>
      writeJson({ apiVersion: versionOf(kind), kind, ...object }),
    );
  assert.ok(compareAll(texts, ALONE) > 100);
});

test("deployments that charts write", () => {
  assert.ok(compareAll([...deployments(300)], ALONE) > 300);
});

const skip = existsSync(CORPUS) ? false : "no ../shared/corpus beside the checkout";

test("the real manifests and the tricky pods", { skip }, () => {
  const files = ["real", "tricky"].flatMap((folder) =>
    readdirSync(join(CORPUS, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ya?ml|json)$/.test(file))
      .map((file) => join(CORPUS, folder, file)),
  );
  const texts = files.map((file) => readFileSync(file, "utf8"));
  assert.ok(compareAll(texts, ALONE) > 100);
});

function versionOf(kind: string): string {
  if (kind === "Pod" || kind === "PodTemplate" || kind === "ReplicationController") return "v1";
  return kind.endsWith("Job") ? "batch/v1" : "apps/v1";
}
