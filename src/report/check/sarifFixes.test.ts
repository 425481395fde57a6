// A fix of the SARIF log, applied by its lines and columns as a viewer does, mends all that the result's message says.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { pods, styles, worlds } from "../../../test/arbitraryPods.ts";
import { writeYaml } from "../../../test/yamlWriter.ts";
import { checkPodDocument } from "../../core/answers/check.ts";
import type { CheckedPod, CheckFinding } from "../../core/answers/checked.ts";
import { newRefusal, refusalsOf } from "../../core/answers/fix/refusals.ts";
import { readManifest } from "../../core/manifest/manifest.ts";
import type { JsonValue } from "../../core/model/json.ts";
import type { World } from "../../core/model/world.ts";
import { composeWorld } from "../../core/rules/world.ts";
import { sarifLog } from "./sarif.ts";

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Result {
  readonly ruleId: string;
  readonly fixes?: readonly {
    readonly description: { readonly text: string };
    readonly artifactChanges: readonly {
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent?: { readonly text: string };
      }[];
    }[];
  }[];
}

const WORLD = composeWorld({});

function readOne(text: string) {
  const [pod] = readManifest(text, "p.yaml").pods;
  assert.ok(pod);
  return pod;
}

function checkedIn(text: string, world: World = WORLD): CheckedPod {
  return checkPodDocument(readOne(text), [world], { level: "restricted", fixes: true });
}

function resultsOf(pod: CheckedPod): readonly Result[] {
  const report = { pods: [pod], errors: [], skipped: [], files: 1, unusedSuppressions: [] };
  const log = sarifLog(report, { version: "0.0.0" }) as {
    readonly runs: readonly [{ readonly results: readonly Result[] }];
  };
  return log.runs[0].results;
}

function applied(text: string, { fixes: [fix] = [] }: Result): string {
  const lines = text.split("\n");
  const offset = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  const edits = (fix?.artifactChanges[0]?.replacements ?? []).map(
    ({ deletedRegion: at, insertedContent }) => ({
      start: offset(at.startLine, at.startColumn),
      end: offset(at.endLine, at.endColumn),
      text: insertedContent?.text ?? "",
    }),
  );
  let after = text;
  for (const { start, end, text: put } of edits.toSorted((a, b) => b.start - a.start)) {
    after = after.slice(0, start) + put + after.slice(end);
  }
  return after;
}

function isAlike(one: CheckFinding, other: CheckFinding): boolean {
  return one.id === other.id && one.message === other.message;
}

const THREE = `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  initContainers:
    - name: i
      image: x
  containers:
    - name: c
      image: x
      securityContext: { privileged: true }
    - name: "ü😀"
      image: x
      securityContext: # two places
        capabilities:
          add: [SYS_ADMIN]
          drop: [NET_RAW]
`;

for (const [name, text] of [
  ["LF", THREE],
  ["CRLF", THREE.replaceAll("\n", "\r\n")],
] as const) {
  test(`of a sentence that names several containers all are mended: ${name}`, () => {
    const results = resultsOf(checkedIn(text)).filter(({ fixes }) => fixes !== undefined);
    assert.ok(results.length > 8, `${results.length} results`);
    for (const result of results) {
      const left = checkedIn(applied(text, result)).findings.map(({ id }) => id);
      assert.ok(!left.includes(result.ruleId), result.ruleId);
    }
    const [own] = results.filter(({ ruleId }) => ruleId === "podsecurity.privileged");
    assert.equal(own?.fixes?.[0]?.description.text, "secctx fix");
    const [shared] = results.filter(({ ruleId }) => ruleId.endsWith("allowPrivilegeEscalation"));
    assert.equal(shared?.fixes?.[0]?.description.text, 'secctx fix, containers "i", "c", "ü😀"');
  });
}

test("of many containers each result has its own edits, and says so: the log grows with the pod", () => {
  const sizeOf = (length: number) => {
    const names = Array.from({ length }, (_, index) => `    - { name: c${index}, image: x }\n`);
    const head = "apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n";
    const results = resultsOf(checkedIn(head + names.join("")));
    const fixes = results.flatMap((one) => one.fixes ?? []);
    assert.equal(fixes.length, results.length);
    const texts = new Set(fixes.map(({ description }) => description.text));
    assert.ok(texts.has(`secctx fix, container "c3" of those named`), [...texts].join("\n"));
    return JSON.stringify(fixes).length;
  };
  assert.ok(sizeOf(80) < 3 * sizeOf(40));
});

test("whatever the pod, no container that the fix speaks of is found again, and no program refuses it", () => {
  fc.assert(
    fc.property(pods, worlds, styles, (pod, world, style) => {
      const text = writeYaml(pod as unknown as JsonValue, style);
      const before = checkedIn(text, world);
      for (const [index, result] of resultsOf(before).entries()) {
        const [fix] = result.fixes ?? [];
        const finding = before.findings[index];
        if (fix === undefined || finding === undefined) continue;
        const after = applied(text, result);
        const now = refusalsOf(readOne(after), world);
        assert.equal(newRefusal(refusalsOf(readOne(text), world), now), undefined);
        if (finding.stage !== "podsecurity") continue;
        const isPart = fix.description.text.endsWith("of those named");
        const meant = before.findings.filter(
          (one) => one === finding || (!isPart && isAlike(one, finding)),
        );
        const left = checkedIn(after, world).findings.filter(({ id, container }) =>
          meant.some((one) => one.id === id && one.container === container),
        );
        assert.deepEqual(left, [], fix.description.text);
      }
    }),
    { numRuns: 200 },
  );
});
