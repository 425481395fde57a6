// `fix` on the corpus' workloads written anew in styles that chance picks, with comments: the data and its edits, line by line.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fix } from "../src/core/answers/fix.ts";
import { readManifest } from "../src/core/manifest/manifest.ts";
import { toPointer } from "../src/core/model/finding.ts";
import { type FieldChange, withValue } from "../src/core/rules/changes.ts";
import { checkComments } from "./commentOwners.ts";
import { hasCorpus, texts, WORLD } from "./fixCorpus.ts";
import { checkLines } from "./fixLines.ts";
import { writeYaml } from "./yamlWriter.ts";

const styles = fc.record({
  step: fc.constantFrom(2, 3, 4),
  dash: fc.constantFrom(0, 2, 4),
  eol: fc.constantFrom("\n", "\r\n"),
  mark: fc.boolean(),
  lastBreak: fc.boolean(),
  dice: fc.array(fc.nat(99), { minLength: 20, maxLength: 97 }),
  flow: fc.constantFrom(0, 10, 40),
  comments: fc.constantFrom(0, 20, 40),
  spread: fc.constantFrom(0, 40, 70),
});

/** A workload is written in as many styles; longer ones are left out. */
const STYLES = 2;
const LONGEST = 6000;

test("workloads of the corpus in any style: only what is told changes", (context) => {
  if (!hasCorpus) {
    context.skip("no corpus here");
    return;
  }
  for (const text of texts()) {
    const [document] = readManifest(text, "f").pods;
    if (document === undefined || text.length > LONGEST) continue;
    fc.assert(
      fc.property(styles, fc.constantFrom("restricted", "baseline"), (style, level) => {
        check(writeYaml(document.object, style), level);
      }),
      { numRuns: STYLES },
    );
  }
});

function check(text: string, level: "restricted" | "baseline"): void {
  const told = { level, runAsUser: { all: 1000 } };
  const fixed = fix(text, "f", WORLD, told);
  const [old, now] = [text, fixed.text].map((one) => readManifest(one, "f").pods[0]?.object);
  const changes = fixed.pods[0]?.changes ?? [];
  assert.deepEqual(now, changes.map(fieldChange).reduce(changed, old));
  assert.deepEqual(fix(fixed.text, "f", WORLD, told).edits, []);
  checkComments(text, fixed.text);
  checkLines(text, fixed);
  assert.equal(fixed.text.endsWith("\n"), text.endsWith("\n"));
  assert.ok(blankLines(fixed.text) <= blankLines(text), "no blank line comes");
  if (text.includes("\r\n")) assert.ok(!/[^\r]\n/.test(fixed.text), "line ends");
}

function fieldChange({ path, to }: { readonly path: string; readonly to?: unknown }): FieldChange {
  const steps = path.split("/").slice(1);
  const own = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : unescaped(step)));
  assert.equal(toPointer(own), path);
  return { path: own, to };
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function changed(object: unknown, { path, to }: FieldChange): unknown {
  return withValue(object, path, to);
}

function blankLines(text: string): number {
  return text.split("\n").filter((line) => line.trim() === "").length;
}
