import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { applyEdits, type TextEdit } from "../core/model/edit.ts";
import { unifiedDiff } from "./unifiedDiff.ts";

const folder = mkdtempSync(join(tmpdir(), "secctx-diff-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function edit(start: number, end: number, text: string): TextEdit {
  const at = (offset: number) => ({ line: 0, column: 0, offset });
  return { file: "f", range: { start: at(start), end: at(end) }, text };
}

test("hunks with three lines around them, and a last line without a break", () => {
  const text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12";
  const edits = [edit(2, 2, "new\n"), edit(text.length, text.length, "3")];
  assert.equal(
    unifiedDiff("a.yaml", text, edits),
    `--- a/a.yaml
+++ b/a.yaml
@@ -1,4 +1,5 @@
 1
+new
 2
 3
 4
@@ -9,4 +10,4 @@
 9
 10
 11
-12
\\ No newline at end of file
+123
\\ No newline at end of file
`,
  );
  assert.match(unifiedDiff("/b/a.yaml", text, edits), /^--- a\/b\/a.yaml\n\+\+\+ b\/b\/a.yaml\n@@/);
  assert.equal(unifiedDiff("a.yaml", text, []), "");
  assert.equal(unifiedDiff("a.yaml", text, [edit(0, 1, "1")]), "");
});

const line = fc.constantFrom("a\n", "b\n", "\n", "  c\r\n", "- d\n");
const documents = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom("", "x"))
  .map(([lines, last]) => lines.join("") + last);
const cuts = fc.array(
  fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom("", "a\n", "new\n", "z", "\n")),
  {
    minLength: 1,
    maxLength: 6,
  },
);

function editsOf(text: string, places: readonly (readonly [number, number, string])[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let free = 0;
  const sorted = places
    .map(([at, length, put]) => [at % (text.length + 1), length, put] as const)
    .toSorted((a, b) => a[0] - b[0]);
  for (const [start, length, put] of sorted) {
    const end = Math.min(start + length, text.length);
    if (start < free || (start === free && edits.length > 0)) continue;
    edits.push(edit(start, end, put));
    free = end;
  }
  return edits;
}

test("patch makes of the old text the new one, whatever the edits", (context) => {
  if (spawnSync("patch", ["--version"]).status !== 0) {
    context.skip("no patch here");
    return;
  }
  const file = join(folder, "f.yaml");
  fc.assert(
    fc.property(documents, cuts, (text, places) => {
      const edits = editsOf(text, places);
      const diff = unifiedDiff("f.yaml", text, edits);
      const wanted = applyEdits(text, edits);
      if (diff === "") {
        assert.equal(wanted, text);
        return;
      }
      writeFileSync(file, text);
      const options = ["--binary", "-p1", "-s", "-E", "-d", folder];
      const { status, stdout } = spawnSync("patch", options, { input: diff, encoding: "utf8" });
      assert.equal(status, 0, `${stdout}\n${diff}`);
      assert.equal(wanted === "" ? "" : readFileSync(file, "utf8"), wanted);
    }),
    { numRuns: 150 },
  );
});
