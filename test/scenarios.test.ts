// Every story of the command line under test/scenarios: input files, commands, what is printed, the exit code.
//
// A file is `# sentence`, then sections that begin with `--- `: `file NAME`, `command`, `stdout`, `stderr`, `exit CODE`.
// UPDATE_SNAPSHOTS=1 writes what was printed into the file (it is our own output: a snapshot, no golden).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("./scenarios/", import.meta.url));
const COMMAND = fileURLToPath(new URL("../dist/secctx.cjs", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../examples", import.meta.url));

interface Section {
  readonly head: string;
  readonly body: string;
}

/** A diff, too, begins with `--- `. */
const SECTION = /^--- (?=(?:file \S+|command|stdout|stderr|exit \d+)$)/m;

function parse(text: string): { title: string; sections: Section[] } {
  const [title = "", ...parts] = text.split(SECTION);
  return {
    title: title.replace(/^# /, "").trim(),
    sections: parts.map((part) => {
      const end = part.indexOf("\n");
      return { head: part.slice(0, end).trim(), body: part.slice(end + 1) };
    }),
  };
}

function run(sections: readonly Section[]): { stdout: string; stderr: string; exit: string } {
  const folder = mkdtempSync(join(tmpdir(), "secctx-scenario-"));
  try {
    for (const { head, body } of sections) {
      const [kind, name] = head.split(" ");
      if (kind !== "file" || name === undefined) continue;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), body);
    }
    const command = sections.find(({ head }) => head === "command")?.body.trim() ?? "";
    const result = spawnSync("bash", ["-c", `secctx() { '${COMMAND}' "$@"; }\n${command}`], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", COLUMNS: "80", EXAMPLES, SECCTX: COMMAND },
    });
    return { stdout: result.stdout, stderr: result.stderr, exit: String(result.status) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const name of readdirSync(FOLDER).filter((file) => file.endsWith(".scenario"))) {
  const path = join(FOLDER, name);
  const { title, sections } = parse(readFileSync(path, "utf8"));
  test(`${name}: ${title}`, () => {
    const result = run(sections);
    if (process.env["UPDATE_SNAPSHOTS"] === "1") {
      const inputs = sections.filter(({ head }) => head.startsWith("file ") || head === "command");
      const outputs = [
        { head: "stdout", body: result.stdout },
        { head: "stderr", body: result.stderr },
        { head: `exit ${result.exit}`, body: "" },
      ].filter(({ head, body }) => body !== "" || head.startsWith("exit"));
      const text = [...inputs, ...outputs].map(({ head, body }) => `--- ${head}\n${body}`).join("");
      writeFileSync(path, `# ${title}\n${text}`);
      return;
    }
    const section = (head: string) => sections.find((part) => part.head === head)?.body ?? "";
    assert.equal(result.stdout, section("stdout"), "stdout");
    assert.equal(result.stderr, section("stderr"), "stderr");
    assert.ok(
      sections.some(({ head }) => head === `exit ${result.exit}`),
      `exit ${result.exit}`,
    );
  });
}
