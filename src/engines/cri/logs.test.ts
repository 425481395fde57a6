import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
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

test("the runtime's time is passed on with each line", () => {
  const file = join(folder, "times.log");
  const times: (string | undefined)[] = [];
  const reader = new LogReader(file, (_stream, _bytes, time) => times.push(time));
  const other = "2026-11-28T18:00:00.123456789+02:00";
  appendFileSync(file, `${TIME} stdout F one\n${other} stderr P two\n`);
  reader.read();
  assert.deepEqual(times, [TIME, other]);
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

test("what was read of a container that writes without end takes no room", async () => {
  const file = join(folder, "endless.log");
  const chunk = `${TIME} stdout F ${"x".repeat(1000)}\n`.repeat(1000);
  let seen = 0;
  const reader = new LogReader(file, (_stream, bytes) => {
    seen += bytes.length;
  });
  for (let count = 0; count < 40; count += 1) {
    appendFileSync(file, chunk);
    while (reader.read());
  }
  assert.equal(seen, 40_000 * 1001);
  const onDisk = (): number => statSync(file).blocks * 512;
  for (let tries = 0; onDisk() > 22 * 1024 * 1024 && tries < 100; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(onDisk() <= 22 * 1024 * 1024, String(onDisk()));
  appendFileSync(file, `${TIME} stdout F end\n`);
  assert.equal(reader.read(), false);
  assert.equal(seen, 40_000 * 1001 + 4);
});

test("who writes faster than is read is read from further on, in whole lines", () => {
  const file = join(folder, "fast.log");
  const chunk = `${TIME} stdout F ${"x".repeat(1000)}\n`.repeat(1000);
  for (let count = 0; count < 60; count += 1) appendFileSync(file, chunk);
  const lengths = new Set<number>();
  let lines = 0;
  let lost = 0;
  const reader = new LogReader(
    file,
    (_stream, bytes) => {
      lengths.add(bytes.length);
      lines += 1;
    },
    (bytes) => {
      lost += bytes;
      // Before what follows.
      assert.equal(lines, 0);
    },
  );
  assert.equal(reader.read(), true);
  while (reader.read());
  assert.equal(lost, statSync(file).size - 10 * 1024 * 1024);
  assert.deepEqual([...lengths], [1001]);
  assert.ok(lines > 10_000 && lines < 11_000, String(lines));
});

test("a line that was begun ends where something is lost", () => {
  const file = join(folder, "begun.log");
  const seen: string[] = [];
  const reader = new LogReader(
    file,
    (stream, bytes) => seen.push(`${stream}:${bytes.length > 9 ? "…" : bytes}`),
    (bytes) => seen.push(`lost ${bytes}`),
  );
  const begun = `${TIME} stderr P begun\n`;
  const torn = `${TIME} std`;
  appendFileSync(file, begun + torn);
  reader.read();
  const size = 60 * 1024 * 1024;
  appendFileSync(file, Buffer.alloc(size, "x"));
  appendFileSync(file, `\n${TIME} stdout F end\n`);
  while (reader.read());
  const whole = statSync(file).size;
  const lost = whole - 10 * 1024 * 1024 - begun.length;
  assert.deepEqual(seen, ["stderr:begun", "stderr:\n", `lost ${lost}`, "stdout:end\n"]);
});
