// What has to hold of whatever `fix` answers about any text.
import assert from "node:assert/strict";
import type { FixedManifest, FixedPod } from "../src/core/answers/fix.ts";
import { readManifest } from "../src/core/manifest/manifest.ts";
import { applyEdits } from "../src/core/model/edit.ts";
import { fromPointer, startsWith } from "../src/core/model/finding.ts";
import { withValue } from "../src/core/rules/changes.ts";
import { checkComments } from "./commentOwners.ts";
import { checkLines } from "./fixLines.ts";

export function checkFixed(
  text: string,
  fixed: FixedManifest,
  again: (text: string) => FixedManifest,
): void {
  const [before, after] = [text, fixed.text].map((one) => readManifest(one, "f"));
  assert.deepEqual(after?.errors, before?.errors, "reads as before");
  assert.equal(applyEdits(text, fixed.edits), fixed.text);
  for (const [index, pod] of fixed.pods.entries()) {
    const old = before?.pods[index];
    const now = after?.pods[index];
    assert.deepEqual(now?.object, changed(old?.object, pod, old?.objectPath.length ?? 0), "data");
    checkNotes(pod);
  }
  assert.deepEqual(again(fixed.text).edits, [], "a second run");
  checkComments(text, fixed.text);
  checkLines(text, fixed);
  checkShape(text, fixed.text);
}

function changed(object: unknown, { changes }: FixedPod, depth: number): unknown {
  let made = object;
  for (const { path, to } of changes) made = withValue(made, fromPointer(path).slice(depth), to);
  return made;
}

/** What the author wrote goes or changes with a note only; a level that is not reached has its reason. */
function checkNotes({ met, notes, changes }: FixedPod): void {
  if (!met)
    assert.ok(
      notes.some(({ kind }) => kind === "left"),
      "not met without a reason",
    );
  for (const { path, from, to } of changes) {
    if (from === undefined || from === null) continue;
    if (Array.isArray(from) && Array.isArray(to) && from.every((item) => to.includes(item)))
      continue;
    const own = fromPointer(path);
    const told = notes.some((note) => {
      const place = fromPointer(note.path);
      return startsWith(own, place) || startsWith(place, own);
    });
    const isHollow = typeof from === "object" && Object.keys(from).length === 0;
    assert.ok(told || isHollow, `${path} changes in silence`);
  }
}

function checkShape(text: string, fixed: string): void {
  const blanks = (one: string) => one.split("\n").filter((line) => line.trim() === "").length;
  assert.ok(blanks(fixed) <= blanks(text), "no blank line comes");
  assert.equal(fixed.endsWith("\n"), text.endsWith("\n"), "the end of the text");
  assert.equal(fixed.startsWith("\ufeff"), text.startsWith("\ufeff"), "the byte order mark");
  if (text.includes("\r\n")) assert.ok(!/(?<!\r)\n/.test(fixed), "line ends");
}
