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
// The clients of Docker and CRI lie in files of their own: nobody reads them but the engine that needs them.
const CLIENTS = {
  dockerode: "docker",
  "@connectrpc/connect": "cri",
  "@connectrpc/connect-node": "cri",
  "@bufbuild/protobuf": "cri",
  "@bufbuild/protobuf/codegenv2": "cri",
};
const ownFiles = {
  name: "clients",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(dockerode|@connectrpc\/|@bufbuild\/)/ }, ({ path }) =>
      path in CLIENTS ? { path, namespace: "client" } : undefined,
    );
    onResolve({ filter: /^\.\/client\.\w+\.cjs$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: "client" }, ({ path }) => ({
      contents: `module.exports = require("./client.${CLIENTS[path]}.cjs")[${JSON.stringify(path)}];`,
    }));
  },
};
for (const file of new Set(Object.values(CLIENTS))) {
  const names = Object.keys(CLIENTS).filter((name) => CLIENTS[name] === file);
  const members = names.map((name) => `${JSON.stringify(name)}: require(${JSON.stringify(name)})`);
  await build({
    ...common,
    stdin: { contents: `module.exports = { ${members.join(", ")} };`, resolveDir: "." },
    outfile: `dist/client.${file}.cjs`,
    format: "cjs",
    platform: "node",
    minifyIdentifiers: true,
  });
}
await build({
  ...common,
  plugins: [ownFiles],
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
