// Standard input and terminals on the engines that are runtimes of their own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, test } from "node:test";
import { atTerminal, betweenSettings, endSessions, settings } from "../run/atTerminal.ts";
import { makeLab, podOf, removeLab } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = bothEngines();
const lab = makeLab();
afterEach(endSessions);
after(() => removeLab(lab));

function words(pod: object, more: readonly string[]): string[] {
  const file = join(lab.folder, "pod.json");
  writeFileSync(file, JSON.stringify(pod));
  const images = `oci:${join(lab.folder, "images")}`;
  const cli = [process.execPath, "--import", "tsx", "src/cli/cli.ts"];
  return [...cli, "run", file, "--image", images, ...more];
}

for (const engine of ["docker", "cri"] as const) {
  const options = { skip: skips[engine], timeout: 120_000 };

  test(`${engine}: a shell at a terminal`, options, async () => {
    const pod = podOf("", {}, { command: ["sh"] });
    const command = words(pod, ["-it", "--engine", engine]);
    const session = atTerminal(betweenSettings(command), lab);
    await session.shows(/If you don't see a command prompt, try pressing enter\./);
    session.type("\n");
    await session.shows(/\/ # /);
    session.resize(40, 120);
    session.type("until [ \"$(stty size)\" = '40 120' ]; do :; done; echo fit''s\n");
    await session.shows(/^fits\r$/m);
    session.type("exit 7\n");
    assert.equal(await session.ended, 7, session.output());
    const [first, last] = settings(session.output());
    assert.equal(last, first, "the terminal is as it was");
  });

  test(`${engine}: input from a pipe, to its end`, options, async () => {
    const pod = podOf("", {}, { command: ["wc", "-c"] });
    const command = words(pod, ["-i", "--engine", engine, "--no-prefix"]);
    const [program = "", ...rest] = command;
    const child = spawn(program, rest, {
      env: { ...process.env, ...lab.environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.on("error", () => {});
    child.stdin.end("x".repeat(300_000));
    let output = "";
    child.stdout.on("data", (bytes: Buffer) => {
      output += String(bytes);
    });
    assert.equal(await new Promise((resolve) => child.on("close", resolve)), 0);
    assert.equal(output.trim(), "300000");
  });
}
