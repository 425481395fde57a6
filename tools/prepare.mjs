// What npm runs when secctx is installed from its repository (pre-commit does so): builds the command, unless it is there.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

if (!existsSync("dist/secctx.cjs")) {
  // `npm install -g` of a repository hands `global` on, and leaves the development dependencies out.
  if (!existsSync("node_modules/esbuild")) {
    run("npm", ["ci", "--global=false", "--include=dev", "--ignore-scripts", "--no-audit"]);
  }
  run(process.execPath, ["tools/build.mjs"]);
}

function run(program, args) {
  const { status } = spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(1);
}
