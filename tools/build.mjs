// Bundles the command into one file (start-up time is a feature) and the library's door into another.

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { CALLS, GROUPS, groupOf, onlyCommands } from "./build/groups.mjs";
import { libraries } from "./build/libraries.mjs";
import { canRehearse, rehearsal } from "./build/rehearsal.mjs";
import { headOf, writeSnapshots } from "./build/snapshots.mjs";

const PATIENCE_MS = 60_000;

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

const common = {
  define: { SECCTX_VERSION: JSON.stringify(version) },
  bundle: true,
  format: "esm",
  target: "node20",
  logLevel: "warning",
  minifySyntax: true,
  minifyWhitespace: true,
};

mkdirSync("dist", { recursive: true });
for (const file of readdirSync("dist", { withFileTypes: true })) {
  if (/^(command|library)\./.test(file.name)) {
    rmSync(`dist/${file.name}`, { recursive: true, force: true });
  }
}
// Scripts: only a script can be compiled ahead on Node 20. The launcher runs the one that holds the command, with its code
// cache: what is not read costs no start-up time.
const { leavesOut, writeLibraries } = libraries(common);
await writeLibraries();
for (const [group, commands] of Object.entries(GROUPS)) {
  await build({
    ...common,
    plugins: [leavesOut, onlyCommands(commands)],
    entryPoints: { [`command.${group}`]: "src/cli/program.ts" },
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    platform: "node",
    // A library that asks where it stands (import.meta.url) is told where the script stands.
    define: { ...common.define, "import.meta.url": "thisScript.url" },
    banner: {
      js: '(function (exports, require, module) { const thisScript = { get url() { return require("node:url").pathToFileURL(module.filename).href; } };',
    },
    footer: { js: "})" },
    supported: { "dynamic-import": false },
  });
}
const launcher = readFileSync("tools/launcher.cjs", "utf8");
writeFileSync(
  "dist/secctx.cjs",
  headOf(GROUPS) + launcher.replace("{ /* GROUP_OF */ }", JSON.stringify(groupOf())),
);
chmodSync("dist/secctx.cjs", 0o755);
for (const [group, commands] of Object.entries(GROUPS)) {
  if (group === "run" && rehearsed()) continue;
  const calls = CALLS[group];
  const first = commands === undefined ? ["--version"] : [commands[0], "--help"];
  const { status, stderr } = writeCache(calls?.[0] ?? first, JSON.stringify(calls) ?? "all");
  if (status !== 0) throw new Error(`the built command does not run: ${group}\n${stderr}`);
}

function writeCache(words, asked, env = {}) {
  return spawnSync(process.execPath, ["dist/secctx.cjs", ...words], {
    env: { ...process.env, ...env, SECCTX_WRITE_CODE_CACHE: asked },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: PATIENCE_MS,
  });
}

/** A machine without what it takes gets the cache with all functions. */
function rehearsed() {
  if (!canRehearse()) return false;
  const { calls, env, remove } = rehearsal();
  try {
    return writeCache(calls[0], JSON.stringify(calls), env).status === 0;
  } finally {
    remove();
  }
}

writeSnapshots();

// The library is pure: the neutral platform fails on any import of a Node module.
await build({
  ...common,
  entryPoints: { index: "src/index.ts" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  platform: "neutral",
  mainFields: ["module", "main"],
  external: ["yaml"],
});
