// Bundles the command into one file (start-up time is a feature) and the library's door into another.

import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";

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

// One script: only a script can be compiled ahead on Node 20. The launcher runs it with its code cache.
for (const old of [
  "chunks",
  "command.cache",
  "command.run.cache",
  "command.other.cache",
  "secctx.mjs",
]) {
  rmSync(`dist/${old}`, { recursive: true, force: true });
}
await build({
  ...common,
  entryPoints: { command: "src/cli/cli.ts" },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  platform: "node",
  // A library that asks where it stands (import.meta.url) is told where the script stands.
  define: { ...common.define, "import.meta.url": "scriptUrl" },
  banner: {
    js: '(function (exports, require, module, __filename, __dirname) { const scriptUrl = require("node:url").pathToFileURL(__filename).href;',
  },
  footer: { js: "})" },
  supported: { "dynamic-import": false },
});
copyFileSync("tools/launcher.cjs", "dist/secctx.cjs");
chmodSync("dist/secctx.cjs", 0o755);
const { status } = spawnSync(process.execPath, ["dist/secctx.cjs", "--version"], {
  env: { ...process.env, SECCTX_WRITE_CODE_CACHE: "1" },
  stdio: ["ignore", "ignore", "inherit"],
});
if (status !== 0) throw new Error("the built command does not run");

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
