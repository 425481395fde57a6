// Bundles the command into one file (start-up time is a feature) and the library's door into another.
import { chmodSync, copyFileSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";
import { rehearse } from "./rehearse.mjs";

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
for (const old of ["chunks", "command.cache", "secctx.mjs"]) {
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
for (const name of ["run", "other"]) rmSync(`dist/command.${name}.cache`, { force: true });
copyFileSync("tools/launcher.cjs", "dist/secctx.cjs");
chmodSync("dist/secctx.cjs", 0o755);
// What the rehearsal compiles is kept; what it does not is compiled when it is needed.
rehearse("dist/secctx.cjs");

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
