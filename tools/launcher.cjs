#!/usr/bin/env node
// Starts the command from its code cache: compiling it anew takes longer than most of what it does. It is no ES module
// itself, because Node's loader of those takes longer still. A cache of another Node is refused by V8, and the command
// is compiled as if there were none.
"use strict";
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

/** Node's own modules that most calls never use: each is loaded when something of it is asked for. */
const LATE = new Set([
  ...["crypto", "fs/promises", "http", "net", "readline", "stream", "stream/promises"],
  ...["worker_threads", "zlib"],
]);

/** Command → the script that holds it; the build writes the table. */
const GROUP_OF = { /* GROUP_OF */ };

const named = process.argv[2] ?? "";
const group = Object.hasOwn(GROUP_OF, named) ? GROUP_OF[named] : "all";
const file = join(__dirname, `command.${group}.cjs`);
const cacheFile = join(__dirname, `command.${group}.cache`);
// The build asks for the cache. Every function is compiled then, not only those that the build happens to call: nothing has
// to be acted out for it.
const flags = process.env["SECCTX_WRITE_CODE_CACHE"] === "1" ? require("node:v8") : undefined;
flags?.setFlagsFromString("--no-lazy");
// The build writes the command as one function expression in ASCII.
const script = new Script(readFileSync(file, "latin1"), { filename: file, cachedData: cached() });
flags?.setFlagsFromString("--lazy");
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, load, module_, file, __dirname);
if (flags !== undefined) {
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

function load(name) {
  if (!name.startsWith("node:") || !LATE.has(name.slice(5))) return require(name);
  return new Proxy({}, { get: (_, key) => require(name)[key] });
}
