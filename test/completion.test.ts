// Completion as the shells themselves do it: each is started, taught and asked.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../dist/secctx.cjs", import.meta.url));
let folder = "";

before(() => {
  folder = mkdtempSync(join(tmpdir(), "secctx-completion-"));
  for (const name of ["secctx", "kubectl-secctx"]) symlinkSync(COMMAND, join(folder, name));
  writeFileSync(join(folder, "webpod.yaml"), "");
  const script = spawnSync(COMMAND, ["completion", "kubectl"], { encoding: "utf8" }).stdout;
  writeFileSync(join(folder, "kubectl_complete-secctx"), script);
  chmodSync(join(folder, "kubectl_complete-secctx"), 0o755);
});
after(() => rmSync(folder, { recursive: true, force: true }));

function has(program: string): string | false {
  const { error } = spawnSync(program, ["--version"]);
  return error === undefined ? false : `${program} is not installed`;
}

/** In a folder whose path is on the PATH of that shell alone. */
function inShell(program: string, args: readonly string[], script: string): string {
  const { stdout, stderr } = spawnSync(program, [...args, script], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH: `${folder}:${process.env["PATH"]}`, HOME: folder },
  });
  return `${stdout}${stderr}`.trim();
}

/** What readline would offer: bash tells a completion function the line and the place in it. */
function bash(line: string): string {
  return inShell(
    "bash",
    ["--norc", "-c"],
    `eval "$(secctx completion bash)"
     COMP_LINE=${JSON.stringify(line)} COMP_POINT=${line.length}
     _secctx && printf '%s ' "\${COMPREPLY[@]}"`,
  );
}

for (const [line, expected] of [
  ["secctx expl", "explain"],
  ["secctx check --level r", "restricted"],
  ["secctx check --level=b", "baseline"],
  ["secctx check -o sa", "sarif"],
  ["secctx stage kube", "kubelet"],
  ["kubectl-secctx completion z", "zsh"],
  ["secctx check --color never --col", ""],
  ["secctx nothing ", ""],
] as const) {
  test(`bash: ${line}`, () => assert.equal(bash(line), expected));
}

test("fish", { skip: has("fish") }, () => {
  const ask = (line: string): string =>
    inShell(
      "fish",
      ["--no-config", "-c"],
      `secctx completion fish | source; complete -C '${line}'`,
    );
  assert.match(ask("secctx expl"), /^explain\twhat each container will really have/);
  assert.equal(ask("secctx check --level r"), "restricted");
  assert.equal(ask("secctx check webp"), "webpod.yaml");
});

test("zsh", { skip: has("zsh") }, () => {
  const shown = inShell(
    "zsh",
    ["-f", "-c"],
    `zmodload zsh/zpty
     zpty -b shell zsh -f -i
     # Keys count only at a prompt: each line waits for the one before to show its own.
     prompt() { zpty -r shell line "$1*ready>*"; }
     zpty -w shell 'autoload -Uz compinit; compinit -u -d ${folder}/dump; source <(secctx completion zsh); PS1="rea""dy>"'
     prompt ''
     zpty -n -w shell $'secctx check --level restr\\t\\x01: \\x05 end\\n'
     prompt '*end'
     print -r -- "$line"
     zpty -n -w shell $'secctx check webp\\t\\x01: \\x05 fin\\n'
     prompt '*fin'
     print -r -- "$line"
     zpty -d shell`,
  );
  assert.match(shown, /restricted/);
  assert.match(shown, /webpod\.yaml/);
});

test("kubectl: lines, then a directive", () => {
  const answer = inShell(join(folder, "kubectl_complete-secctx"), [], "comp");
  assert.equal(answer, "completion\tcompletion for bash, zsh, fish and kubectl\n:4");
});

test("kubectl itself asks it", { skip: has("kubectl") }, () => {
  const answer = inShell("kubectl", ["__complete", "secctx", "check", "--level"], "base");
  assert.match(answer, /^baseline/);
});

test("the help names what was typed", () => {
  const { stdout } = spawnSync(join(folder, "kubectl-secctx"), ["help", "check"], {
    encoding: "utf8",
  });
  assert.match(stdout, /^Usage: kubectl secctx check /);
});
