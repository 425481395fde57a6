import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { LogReader } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "secctx-logs-"));
after(() => rmSync(folder, { recursive: true }));

const TIME = "2026-11-24T01:38:46.616653697Z";
let count = 0;

/** What each read passes on, after each piece that is written. */
function readPieces(...pieces: (string | Buffer)[]): string[] {
  count += 1;
  const file = join(folder, `${count}.log`);
  const seen: string[] = [];
  const reader = new LogReader(file, (stream, bytes) =>
    seen.push(`${stream}:${bytes.toString("latin1")}`),
  );
  reader.read();
  for (const piece of pieces) {
    appendFileSync(file, piece);
    reader.read();
  }
  return seen;
}

test("a file that is not there yet is empty", () => {
  assert.deepEqual(readPieces(), []);
});

test("whole lines end, pieces of a line do not", () => {
  assert.deepEqual(
    readPieces(`${TIME} stdout F out\n${TIME} stderr F err\n${TIME} stdout P tail`, "\n"),
    ["stdout:out\n", "stderr:err\n", "stdout:tail"],
  );
});

test("a line is passed on when it is complete, wherever the file was cut", () => {
  const line = `${TIME} stdout F a b  c\n`;
  for (let at = 0; at <= line.length; at += 1) {
    assert.deepEqual(readPieces(line.slice(0, at), line.slice(at)), ["stdout:a b  c\n"]);
  }
});

test("what is written is passed on byte by byte", () => {
  const bytes = Buffer.from([0xff, 0x00, 0xc3, 0x20, 0x0d]);
  const line = Buffer.concat([Buffer.from(`${TIME} stdout F `), bytes, Buffer.from("\n")]);
  assert.deepEqual(readPieces(line), [`stdout:${bytes.toString("latin1")}\n`]);
});

test("an empty line is an empty line, what is no log line is left out", () => {
  assert.deepEqual(readPieces(`${TIME} stdout F \nrubbish\n\n${TIME} stdlog F x\n`), ["stdout:\n"]);
});
