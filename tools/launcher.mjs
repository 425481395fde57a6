#!/usr/bin/env node
// Starts the command from its code cache: compiling it anew takes longer than most of what it does.
// A cache of another Node is refused by V8, and the command is compiled as if there were none.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const file = fileURLToPath(new URL("command.cjs", import.meta.url));
const cacheFile = fileURLToPath(new URL("command.cache", import.meta.url));
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, "utf8")}\n})`;
const write = process.env["SECCTX_WRITE_CODE_CACHE"] === "1";
const script = new Script(source, { filename: file, cachedData: cached() });
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(file), module, file, "");
if (write) {
  process.once("exit", () => {
    const beside = `${cacheFile}.${process.pid}`;
    writeFileSync(beside, script.createCachedData());
    renameSync(beside, cacheFile);
  });
}

function cached() {
  try {
    return readFileSync(cacheFile);
  } catch {
    return undefined;
  }
}
