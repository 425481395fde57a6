import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { pauseProgram } from "./pause.ts";

test("the pause program runs until it is ended", {
  skip: pauseProgram() === undefined && `no pause program for ${process.arch}`,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-pause-"));
  const program = join(folder, "pause");
  writeFileSync(program, pauseProgram() ?? "", { mode: 0o755 });
  const child = spawn(program, { stdio: "ignore" });
  await setTimeout(100);
  assert.equal(child.exitCode, null);
  child.kill("SIGKILL");
  const signal = await new Promise((resolve) => child.on("exit", (_, name) => resolve(name)));
  assert.equal(signal, "SIGKILL");
  rmSync(folder, { recursive: true });
});

test("two architectures have one, each with its own machine number", () => {
  assert.equal(pauseProgram("x64")?.readUInt16LE(18), 62);
  assert.equal(pauseProgram("arm64")?.readUInt16LE(18), 183);
  assert.equal(pauseProgram("s390x"), undefined);
});
