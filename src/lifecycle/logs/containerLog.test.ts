import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { ContainerLog } from "./containerLog.ts";
import { LogFollower } from "./followLog.ts";
import type { LogLine } from "./logLines.ts";
import { closeLogs, type LinesAsked, openLogs, readLines } from "./readLog.ts";

const root = mkdtempSync(join(tmpdir(), "secctx-containerlog-"));
after(() => rmSync(root, { recursive: true }));
let count = 0;

function newFolder(): string {
  count += 1;
  return join(root, String(count));
}

function read(folder: string, attempt: number, asked: LinesAsked = {}): string {
  const logs = openLogs(folder, attempt);
  const { lines } = readLines(logs, asked);
  const bytes = Buffer.concat([...lines].map(({ text }) => text));
  closeLogs(logs);
  return bytes.toString("latin1");
}

function textOf(lines: Iterable<LogLine>): string {
  return [...lines].map(({ text }) => text.toString()).join("");
}

test("the file has the form that CRI runtimes write", () => {
  const folder = newFolder();
  const log = new ContainerLog(folder);
  log.write(0, "stdout", Buffer.from("one\ntw"));
  log.write(0, "stdout", Buffer.from("o\n\n"));
  log.write(0, "stderr", Buffer.from("oops"));
  const text = readFileSync(join(folder, "0.log"), "utf8");
  const lines = text.replaceAll(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /gm, "TIME ");
  assert.equal(
    lines,
    "TIME stdout F one\nTIME stdout P tw\nTIME stdout F o\nTIME stdout F \nTIME stderr P oops\n",
  );
  assert.equal(read(folder, 0), "one\ntwo\n\noops");
  assert.equal(statSync(join(folder, "0.log")).mode & 0o777, 0o600);
});

test("the runtime's own time stays", () => {
  const folder = newFolder();
  const log = new ContainerLog(folder);
  log.write(0, "stdout", Buffer.from("one\n"), "2026-11-28T18:00:00.12345678+02:00");
  assert.equal(
    readFileSync(join(folder, "0.log"), "utf8"),
    "2026-11-28T18:00:00.12345678+02:00 stdout F one\n",
  );
});

test("any bytes, cut anywhere, come back as they were", () => {
  const bytes = fc.uint8Array({ maxLength: 60 }).map((all) => Buffer.from(all));
  const piece = fc.oneof(
    bytes,
    fc.constantFrom("\n", "a\n", "\r\n", "").map((t) => Buffer.from(t)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const folder = newFolder();
      const log = new ContainerLog(folder);
      log.begin(0);
      for (const one of pieces) log.write(0, "stdout", one);
      assert.equal(read(folder, 0), Buffer.concat(pieces).toString("latin1"));
    }),
    { numRuns: 200 },
  );
});

test("lines of the two streams do not mix", () => {
  const folder = newFolder();
  const log = new ContainerLog(folder);
  log.write(0, "stdout", Buffer.from("long "));
  log.write(0, "stderr", Buffer.from("error\n"));
  log.write(0, "stdout", Buffer.from("line\n"));
  assert.equal(read(folder, 0), "error\nlong line\n");
});

test("starts of a container are kept apart, the latest two of them", () => {
  const folder = newFolder();
  const log = new ContainerLog(folder);
  for (const attempt of [0, 1, 2]) log.write(attempt, "stdout", Buffer.from(`start ${attempt}\n`));
  log.begin(3);
  assert.deepEqual(readdirSync(folder).toSorted(), ["2.log", "3.log"]);
  assert.equal(read(folder, 2), "start 2\n");
  assert.equal(read(folder, 3), "");
});

test("what is written without end takes no more than its files", () => {
  const folder = newFolder();
  const log = new ContainerLog(folder, { maxSize: 1000, maxFiles: 3 });
  for (let line = 0; line < 500; line += 1) log.write(0, "stdout", Buffer.from(`line ${line}\n`));
  const files = readdirSync(folder);
  assert.equal(files.length, 3);
  for (const file of files) assert.ok(statSync(join(folder, file)).size <= 1000);
  assert.match(read(folder, 0), /^(line \d+\n)+$/);
  assert.equal(read(folder, 0, { tail: 2 }), "line 498\nline 499\n");
  assert.match(read(folder, 0, { tail: 40 }), /^line 460\n/);
});

test("the end of a long log, whatever its lines are", () => {
  const folder = newFolder();
  const log = new ContainerLog(folder);
  const long = "x".repeat(200_000);
  for (const line of ["first", long, "between", long]) {
    log.write(0, "stdout", Buffer.from(`${line}\n`));
  }
  log.write(0, "stderr", Buffer.from("no end"));
  assert.equal(read(folder, 0, { tail: 0 }), "");
  assert.equal(read(folder, 0, { tail: 1 }), "no end");
  assert.equal(read(folder, 0, { tail: 2 }), `${long}\nno end`);
  assert.equal(read(folder, 0, { tail: 4 }), `${long}\nbetween\n${long}\nno end`);
  assert.equal(read(folder, 0, { tail: 99 }).length, 2 * long.length + 22);
  assert.equal(read(folder, 0, { since: Date.now() + 60_000 }), "");
  assert.equal(read(folder, 0, { since: Date.now() - 60_000 }).length, 2 * long.length + 22);
});

test("who follows misses nothing and reads nothing twice, through rotations and restarts", () => {
  const folder = newFolder();
  const log = new ContainerLog(folder, { maxSize: 300, maxFiles: 5 });
  log.write(0, "stdout", Buffer.from("before\n"));
  const logs = openLogs(folder, 0);
  const { lines, soFar } = readLines(logs, {});
  let seen = textOf(lines);
  const follower = new LogFollower(folder, 0, logs.at(-1), soFar());
  let expected = "before\n";
  for (let line = 0; line < 200; line += 1) {
    const text = line % 3 === 0 ? `part ${line} ` : `line ${line}\n`;
    const attempt = line < 120 ? 0 : 1;
    log.write(attempt, "stdout", Buffer.from(text));
    expected += text;
    if (line % 4 !== 0) continue;
    seen += textOf(follower.read());
    assert.equal(seen, expected);
  }
  follower.close();
});

test("who follows slower than the log is put away goes on with the oldest that is left", () => {
  const folder = newFolder();
  const log = new ContainerLog(folder, { maxSize: 300, maxFiles: 2 });
  log.write(0, "stdout", Buffer.from("before\n"));
  const logs = openLogs(folder, 0);
  const { lines, soFar } = readLines(logs, {});
  assert.equal(textOf(lines), "before\n");
  const follower = new LogFollower(folder, 0, logs.at(-1), soFar());
  for (let line = 0; line < 100; line += 1) log.write(0, "stdout", Buffer.from(`line ${line}\n`));
  const seen = [...follower.read()].map(({ text }) => text.toString());
  assert.equal(seen.at(-1), "line 99\n");
  assert.equal(new Set(seen).size, seen.length);
  follower.close();
});

test("a log that cannot be written ends nothing", () => {
  const log = new ContainerLog(join("/dev/null", "no"));
  log.begin(0);
  log.write(0, "stdout", Buffer.from("lost\n"));
});

test("the line that a full disk tore is left out", () => {
  const folder = newFolder();
  const log = new ContainerLog(folder);
  log.write(0, "stdout", Buffer.from("one\n"));
  appendFileSync(join(folder, "0.log"), "2026-11-28T18:0\n");
  log.write(0, "stdout", Buffer.from("two\n"));
  assert.equal(read(folder, 0), "one\ntwo\n");
});
