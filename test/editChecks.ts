// Changes of a pod as chance picks them, and what has to hold of their edits whatever the text.
import assert from "node:assert/strict";
import fc from "fast-check";
import { editsFor } from "../src/core/manifest/edit/editsFor.ts";
import { readManifest } from "../src/core/manifest/manifest.ts";
import { applyEdits, type TextEdit } from "../src/core/model/edit.ts";
import { applyChanges, type FieldChange } from "../src/core/rules/changes.ts";
import { checkComments } from "./commentOwners.ts";

const ofContext: fc.Arbitrary<readonly [readonly string[], unknown]> = fc.constantFrom(
  [["runAsNonRoot"], true],
  [["runAsUser"], 7],
  [["runAsUser"], undefined],
  [["privileged"], undefined],
  [["privileged"], false],
  [["allowPrivilegeEscalation"], false],
  [["seccompProfile"], { type: "RuntimeDefault" }],
  [["seccompProfile", "type"], "RuntimeDefault"],
  [["seccompProfile"], undefined],
  [["capabilities"], undefined],
  [["capabilities", "add"], undefined],
  [["capabilities", "add"], ["CHOWN"]],
  [["capabilities", "drop"], ["ALL"]],
  [
    ["capabilities", "drop"],
    ["CHOWN", "KILL"],
  ],
);
export const changesOf: fc.Arbitrary<FieldChange[]> = fc.array(
  fc.oneof(
    ofContext.map(([path, to]) => ({ path: ["spec", "securityContext", ...path], to })),
    fc.tuple(ofContext, fc.nat(1)).map(([[path, to], index]) => ({
      path: ["spec", "containers", index, "securityContext", ...path],
      to,
    })),
    fc.constantFrom(
      { path: ["spec", "hostNetwork"], to: undefined },
      { path: ["spec", "hostNetwork"], to: false },
    ),
    fc.tuple(fc.nat(1), fc.nat(1)).map(([index, at]) => ({
      path: ["spec", "containers", index, "ports", at, "hostPort"],
      to: undefined,
    })),
  ),
  { minLength: 1, maxLength: 6 },
);

/** What is not there cannot be changed: items behind the end, fields below a text. */
export function applicable(object: object, changes: readonly FieldChange[]): FieldChange[] {
  const kept: FieldChange[] = [];
  for (const change of changes) {
    try {
      applyChanges(object, [...kept, change]);
      kept.push(change);
    } catch {
      // An item that is not there.
    }
  }
  return kept.filter(({ path }) => path[3] !== "ports" || hasItem(object, path));
}

function hasItem(object: object, path: FieldChange["path"]): boolean {
  let value: unknown = object;
  for (const step of path.slice(0, -1)) value = (value as never)?.[step];
  return value !== undefined;
}

/** Of the lines that no edit reports, none is missing in the new text, and they keep their order. */
function checkOtherLines(text: string, edits: readonly TextEdit[], after: string): void {
  const touched = new Set<number>();
  for (const { range } of edits) {
    const last = range.end.column === 1 && range.end.offset > range.start.offset ? -1 : 0;
    if (range.start.offset === range.end.offset && range.start.column === 1) continue;
    for (let line = range.start.line; line <= range.end.line + last; line += 1) touched.add(line);
  }
  const lines = after.split("\n");
  let at = 0;
  for (const [index, line] of text.split("\n").entries()) {
    if (touched.has(index + 1)) continue;
    at = lines.indexOf(line, at) + 1;
    assert.notEqual(at, 0, `line ${index + 1} is as it was: ${line}`);
  }
}

export function checkEdits(
  text: string,
  changes: readonly FieldChange[],
  mayRefuse: boolean,
): void {
  const manifest = readManifest(text, "p.yaml");
  const [document] = manifest.pods;
  assert.ok(document, JSON.stringify(manifest.errors));
  const { edits, refused } = editsFor(document, changes);
  if (!mayRefuse) assert.deepEqual(refused, []);
  const after = applyEdits(text, edits);
  const [changed] = readManifest(after, "p.yaml").pods;
  assert.ok(changed);
  const made = changes.filter(
    (change) => !refused.some((one) => one.change.path.join() === change.path.join()),
  );
  if (refused.length === 0) assert.deepEqual(changed.object, applyChanges(document.object, made));
  checkOtherLines(text, edits, after);
  checkComments(text, after);
  assert.equal(after.startsWith("\ufeff"), text.startsWith("\ufeff"));
  if (text.includes("\r\n")) assert.ok(!/(?<!\r)\n/.test(after), "line ends");
  if (refused.length === 0) assert.deepEqual(editsFor(changed, changes).edits, []);
}
