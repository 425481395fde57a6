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

// One CommonJS file: only a script can be compiled ahead on Node 20. The launcher runs it with its code cache.
rmSync("dist/chunks", { recursive: true, force: true });
rmSync("dist/command.cache", { force: true });
await build({
  ...common,
  entryPoints: { command: "src/cli/cli.ts" },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  platform: "node",
  supported: { "dynamic-import": false },
});
copyFileSync("tools/launcher.mjs", "dist/secctx.mjs");
chmodSync("dist/secctx.mjs", 0o755);
// What these commands compile is kept; what they do not is compiled when it is needed.
const { status } = spawnSync(
  process.execPath,
  ["dist/secctx.mjs", "explain", "--all-stages", "examples", "-o", "json", "-q"],
  { env: { ...process.env, SECCTX_WRITE_CODE_CACHE: "1" }, stdio: ["ignore", "ignore", "inherit"] },
);
if (status === null || status > 1) throw new Error("the built command does not run");

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
