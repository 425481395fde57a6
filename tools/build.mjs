// Bundles the command into one file (start-up time is a feature) and the library's door into another.
import { chmodSync, readFileSync, rmSync } from "node:fs";
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

// Chunks are named by their content: those of an earlier build would stay.
rmSync("dist/chunks", { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { secctx: "src/cli/cli.ts" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  platform: "node",
  banner: {
    js: '#!/usr/bin/env node\nimport { createRequire } from "node:module";const require = createRequire(import.meta.url);',
  },
});
chmodSync("dist/secctx.mjs", 0o755);

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
