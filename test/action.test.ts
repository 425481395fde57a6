// The GitHub Action's script as a runner would call it, and that action.yml and the hooks name what there is.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SECCTX = join(ROOT, "dist/secctx.cjs");
const POD =
  "kind: Pod\napiVersion: v1\nmetadata: { name: a }\nspec:\n  hostPID: true\n  containers: [{ name: c, image: x }]\n";

function act(inputs: Record<string, string>): {
  stdout: string;
  output: string;
  summary: string;
  sarif: string;
  hacked: boolean;
} {
  const folder = mkdtempSync(join(tmpdir(), "secctx-action-"));
  try {
    writeFileSync(join(folder, "pod.yaml"), POD);
    const [output, summary] = [join(folder, "output"), join(folder, "summary")];
    const { stdout, status } = spawnSync("bash", [join(ROOT, "tools/action.sh")], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        SECCTX,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        ...inputs,
      },
    });
    assert.equal(status, 0);
    const read = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
    return {
      stdout,
      output: read(output),
      summary: read(summary),
      sarif: read(join(folder, "secctx.sarif")),
      hacked: existsSync(join(folder, "hacked")),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("one run annotates, writes the summary and the log, and hands the exit code on", () => {
  const { stdout, output, summary, sarif } = act({
    SECCTX_PATHS: "pod.yaml",
    SECCTX_ARGS: "--level baseline",
  });
  assert.match(
    stdout,
    /^::error file=pod\.yaml,line=5,col=3,endLine=5,endColumn=10,title=secctx%3A podsecurity\.hostNamespaces::/,
  );
  assert.equal(output, "exit-code=1\n");
  assert.match(summary, /^## secctx check\n/);
  assert.equal(JSON.parse(sarif).version, "2.1.0");
});

test("what a caller writes is never code", () => {
  const { output, hacked } = act({
    SECCTX_PATHS: "pod.yaml $(touch hacked) ; touch hacked",
    SECCTX_FAIL_ON: "never",
  });
  assert.equal(output, "exit-code=2\n");
  assert.equal(hacked, false);
});

test("--fail-on never is clean", () => {
  const { output } = act({ SECCTX_PATHS: "*.yaml", SECCTX_FAIL_ON: "never" });
  assert.equal(output, "exit-code=0\n");
});

test("every input of action.yml is used, every variable of its script comes from it", () => {
  const text = readFileSync(join(ROOT, "action.yml"), "utf8");
  const { inputs, runs } = parse(text);
  for (const name of Object.keys(inputs)) assert.ok(text.includes(`inputs.${name} `), name);
  const step = runs.steps.find((one: { id?: string }) => one.id === "check");
  const script = readFileSync(join(ROOT, "tools/action.sh"), "utf8");
  for (const [name] of script.matchAll(/SECCTX(?:_[A-Z]+)+/g)) assert.ok(name in step.env, name);
  assert.doesNotMatch(
    JSON.stringify(runs.steps.map((one: { run?: string }) => one.run)),
    /inputs\./,
  );
});

test("the hooks name options that the commands have", () => {
  for (const { entry } of parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8"))) {
    const [, command, option] = entry.split(" ");
    const { stdout } = spawnSync("node", [SECCTX, "help", command], { encoding: "utf8" });
    assert.ok(stdout.includes(option), entry);
  }
});
