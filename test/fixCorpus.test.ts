// `fix` on the whole corpus: every answer can be read, every edit stands in the lines that it reports, every other line is as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv } from "ajv";
import schema from "../schema/fix.schema.json" with { type: "json" };
import { fix } from "../src/core/answers/fix.ts";
import { readManifest } from "../src/core/manifest/manifest.ts";
import { applyEdits } from "../src/core/model/edit.ts";
import { writeJson } from "../src/core/rules/json.ts";
import { checkComments } from "./commentOwners.ts";
import { fixedCorpus, hasCorpus, NO_SHARE, shareText, WORLD, withFile } from "./fixCorpus.ts";
import { checkLines } from "./fixLines.ts";

const validate = new Ajv().compile(schema);

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** Lines that no edit touches stand in the answer, in their order. */
function checkUntouched(text: string, fixed: ReturnType<typeof fix>): void {
  const touched = new Set<number>();
  for (const { range } of fixed.edits) {
    const { start, end } = range;
    // An edit that ends where a line begins does not touch that line.
    const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
    const inserts = start.offset === end.offset && start.column === 1;
    for (let line = start.line; line <= last && !inserts; line += 1) touched.add(line);
  }
  const after = linesOf(fixed.text);
  let at = 0;
  for (const [index, line] of linesOf(text).entries()) {
    if (touched.has(index + 1)) continue;
    at = after.indexOf(line, at) + 1;
    assert.notEqual(at, 0, `${fixed.file}:${index + 1} is gone or changed: ${line}`);
  }
}

function checkPlaces(text: string, fixed: ReturnType<typeof fix>): void {
  for (const { range } of fixed.edits) {
    for (const { line, column, offset } of [range.start, range.end]) {
      const before = text
        .slice(0, offset)
        .replace(/^\ufeff/, "")
        .split("\n");
      assert.deepEqual([line, column], [before.length, (before.at(-1) ?? "").length + 1]);
    }
  }
}

for (const level of ["restricted", "baseline"] as const) {
  test(`fix --level ${level} on every manifest of the corpus`, (context) => {
    if (!hasCorpus) {
      context.skip("no corpus here");
      return;
    }
    let share = NO_SHARE;
    for (const { file, text, fixed } of fixedCorpus({ level })) {
      share = withFile(share, fixed, level);
      assert.equal(applyEdits(text, fixed.edits), fixed.text);
      checkPlaces(text, fixed);
      const { text: _, ...printed } = fixed;
      assert.ok(validate(JSON.parse(writeJson(printed))), JSON.stringify(validate.errors));
      checkUntouched(text, fixed);
      checkLines(text, fixed);
      checkComments(text, fixed.text, `${file}: `);
      const [old, now] = [readManifest(text, file), readManifest(fixed.text, file)];
      assert.deepEqual(
        now.errors.map(({ message }) => message),
        old.errors.map(({ message }) => message),
      );
      assert.equal(now.pods.length, old.pods.length);
      assert.deepEqual(
        now.skipped.map(({ object }) => object),
        old.skipped.map(({ object }) => object),
      );
      for (const [index, pod] of fixed.pods.entries()) {
        if (pod.changes.length > 0) continue;
        assert.deepEqual(now.pods[index]?.object, old.pods[index]?.object);
      }
      assert.deepEqual(fix(fixed.text, file, WORLD, { level }).edits, [], `${file}: second run`);
    }
    context.diagnostic(shareText(level, share));
    assert.ok(share.after > share.before);
  });
}
