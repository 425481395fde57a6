// What `fix` reports of a text must stand where it says: on a line that an edit touches, or on the line of what it names.
import assert from "node:assert/strict";
import type { FixedManifest, FixedPod, PlacedNote } from "../src/core/answers/fix.ts";
import { readManifest } from "../src/core/manifest/manifest.ts";
import type { Range } from "../src/core/model/finding.ts";

/** Of a setting that these notes speak of, the text is edited. */
const EDITED: ReadonlySet<string> = new Set(["taken", "corrected"]);

export function checkLines(text: string, fixed: FixedManifest): void {
  const lines = text.split("\n");
  const ranges = rangesOf(text, fixed.file);
  const touched = touchedLines(fixed);
  for (const pod of fixed.pods) {
    checkHead(lines, pod, fixed.file);
    for (const note of pod.notes) {
      const { kind, line = 0, path, message } = note;
      const where = `${fixed.file}:${line} ${kind} ${path} ${message}\n${lines[line - 1]}`;
      const range = ranges[pod.source.document]?.(path);
      const isOwn = pod.notes.some((one) => one.kind === "unshared" && path.startsWith(one.path));
      const isInside = isOwn || range === undefined || touchedIn(touched, range);
      const named = isNamed(lines[line - 1] ?? "", note);
      const isRight = touched.has(line) || (named && (isInside || !EDITED.has(kind)));
      assert.ok(isRight, `neither edited nor named: ${where}`);
    }
  }
}

/** A mapping begins there, and no other object of the document. */
function checkHead(lines: readonly string[], { source, workload }: FixedPod, file: string): void {
  const head = lines[source.line - 1] ?? "";
  assert.match(
    head,
    /^\ufeff?(?:---)?\s*(?:- *)*(?:[&!]\S+\s*)*(?:\? |["']?[\w.-]+["']?\s*:|[[{]|\*)/,
    `${file}:${source.line}`,
  );
  assert.ok(workload.kind !== "");
}

function touchedLines({ edits }: FixedManifest): ReadonlySet<number> {
  const touched = new Set<number>();
  for (const { range, text: put } of edits) {
    const { start, end } = range;
    const isInsert = start.offset === end.offset && start.column === 1 && put.endsWith("\n");
    const last = end.column === 1 && end.offset > start.offset ? end.line - 1 : end.line;
    for (let line = start.line; line <= last && !isInsert; line += 1) touched.add(line);
  }
  return touched;
}

/** The last step of the path that is written on the line, or the name of the container. */
function isNamed(line: string, { path, container }: PlacedNote): boolean {
  const words = stepsOf(path).filter((step) => !/^\d+$/.test(step));
  if (container !== undefined && line.includes(container)) return true;
  // The root has no key; of an item, any key may be the first.
  return (
    path === "" ||
    /^\s*(?:- |\{|\? |["']?name["']? *:)/.test(line) ||
    words.some((word) => line.includes(word))
  );
}

/** Of each document: where the value of a JSON Pointer stands. */
function rangesOf(
  text: string,
  file: string,
): Record<number, (pointer: string) => Range | undefined> {
  const ranges: Record<number, (pointer: string) => Range | undefined> = {};
  for (const { document, sourceMap } of readManifest(text, file).pods) {
    ranges[document] = (pointer) =>
      sourceMap.range(stepsOf(pointer).map((step) => (/^\d+$/.test(step) ? Number(step) : step)));
  }
  return ranges;
}

function touchedIn(touched: ReadonlySet<number>, { start, end }: Range): boolean {
  for (let line = start.line; line <= end.line; line += 1) if (touched.has(line)) return true;
  return false;
}

function stepsOf(pointer: string): string[] {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
