// Standard input and terminals: what is typed reaches the container, its size follows, and the terminal is given back as it was.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, test } from "node:test";
import { findProgram } from "../../src/node/programs.ts";
import { atTerminal, betweenSettings, endSessions, interrupts, settings } from "./atTerminal.ts";
import { cannotRun, leftovers, makeLab, podOf, removeLab, start } from "./run.ts";

const lab = makeLab();
afterEach(endSessions);
after(() => removeLab(lab));
const runtimes = ["runc", "crun"] as const;
const skipOf = (runtime: string): string | false =>
  cannotRun() ?? (findProgram(runtime) === undefined ? `needs ${runtime}` : false);

/** What never comes must not hold the suite. */
const GUARD_MS = 120_000;
const CLI = [process.execPath, "--import", "tsx", "src/cli/cli.ts"];
const environment = { ...process.env, ...lab.environment };

function words(pod: object, more: readonly string[]): string[] {
  const file = join(lab.folder, "pod.json");
  writeFileSync(file, JSON.stringify(pod));
  return [...CLI, "run", file, "--image", `oci:${join(lab.folder, "images")}`, ...more];
}

for (const runtime of runtimes) {
  const skip = skipOf(runtime);

  test(`${runtime}: a shell at a terminal`, { skip, timeout: GUARD_MS }, async () => {
    const pod = podOf("", {}, { command: ["sh"] });
    const more = ["-it", "--oci-runtime", runtime];
    const session = atTerminal(betweenSettings(words(pod, more)), lab);
    await session.shows(/If you don't see a command prompt, try pressing enter\./);
    await session.shows(/\/ # /);
    session.type("tty; stty size; echo [$TERM]\n");
    await session.shows(/\/dev\/\S+\r\n31 97\r\n\[xterm\]\r\n/);
    if (runtime === "runc") {
      // crun 1.8 gives a terminal its first size and passes no other on.
      session.resize(40, 120);
      session.type("until [ \"$(stty size)\" = '40 120' ]; do :; done; echo fit''s\n");
      await session.shows(/^fits\r$/m);
    }
    // Ctrl-C is the container's.
    await interrupts(session);
    session.type("exit 7\n");
    assert.equal(await session.ended, 7, session.output());
    const [before, afterwards] = settings(session.output());
    assert.ok(before !== undefined);
    assert.equal(afterwards, before, "the terminal is as it was");
    assert.doesNotMatch(session.output(), /c \| /);
    assert.deepEqual(leftovers(lab), []);
  });

  test(`${runtime}: input from a pipe, to its end`, { skip }, async () => {
    const pod = podOf("", {}, { command: ["wc", "-c"] });
    const [program = "", ...rest] = words(pod, ["-i", "--oci-runtime", runtime, "--no-prefix"]);
    const big = "x".repeat(300_000);
    const child = spawn(program, rest, { env: environment, stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.on("error", () => {});
    child.stdin.end(big);
    let output = "";
    child.stdout.on("data", (bytes: Buffer) => {
      output += String(bytes);
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 0);
    assert.equal(output.trim(), "300000");
  });
}

const skip = skipOf("runc");

test("a container with a terminal at which nobody sits runs to its end", { skip }, async () => {
  const running = start(lab, podOf("tty >/dev/null && echo is one", {}, { tty: true }));
  const { code, stdout } = await running.ended;
  assert.equal(code, 0);
  assert.match(stdout, /^c \| is one\r?$/m);
});

test("stdin without stdinOnce stays open when the input ends", { skip }, async () => {
  const script = "read -r line; echo got:$line; timeout 1 cat; echo code:$?";
  const pod = podOf(script, {}, { stdin: true });
  const [program = "", ...rest] = words(pod, ["--no-prefix"]);
  const { stdout } = spawnSync(program, rest, { env: environment, input: "a\n", encoding: "utf8" });
  assert.equal(stdout, "got:a\ncode:143\n");
});

test("killed at the terminal: the pod is gone and the settings are back", {
  skip,
  timeout: GUARD_MS,
}, async () => {
  // A shell at a terminal does not end by SIGTERM.
  const pod = podOf("", { terminationGracePeriodSeconds: 1 }, { command: ["sh"] });
  const session = atTerminal(betweenSettings(words(pod, ["-it"])), lab);
  await session.shows(/If you don't see a command prompt/);
  const running = spawnSync("pgrep", ["-f", `src/cli/cli.ts run ${join(lab.folder, "pod.json")}`], {
    encoding: "utf8",
  });
  for (const pid of running.stdout.split("\n").filter((line) => line !== "")) {
    const { stdout } = spawnSync("ps", ["-o", "comm=", "-p", pid], { encoding: "utf8" });
    if (stdout.startsWith("node")) process.kill(Number(pid), "SIGTERM");
  }
  await session.ended;
  const [before, afterwards] = settings(session.output());
  assert.equal(afterwards, before, session.output());
  assert.deepEqual(leftovers(lab), []);
});

const REFUSALS = [
  [["-t"], /-i\/--stdin is required for containers with -t\/--tty=true/],
  [["-i", "--detach"], /--detach and --stdin exclude each other/],
] as const;

for (const [more, message] of REFUSALS) {
  test(`run ${more.join(" ")} is refused`, { skip }, async () => {
    const { code, stderr } = await start(lab, podOf("true"), more).ended;
    assert.equal(code, 125);
    assert.match(stderr, message);
  });
}
