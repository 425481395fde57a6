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
// The build asks for the cache, and says how: `all` compiles every function, command lines those that they call.
const asked = process.env["SECCTX_WRITE_CODE_CACHE"];
const flags = asked === "all" ? require("node:v8") : undefined;
flags?.setFlagsFromString("--no-lazy");
// The build writes the command as one function expression in ASCII.
const script = new Script(readFileSync(file, "latin1"), { filename: file, cachedData: cached() });
flags?.setFlagsFromString("--lazy");
if (asked === undefined) start();
else void writeCache(asked === "all" ? [process.argv.slice(2)] : JSON.parse(asked));

function start() {
  const module_ = { exports: {}, filename: file };
  script.runInThisContext()(module_.exports, load, module_);
  module_.exports.start();
}

async function writeCache(lines) {
  const { exit } = process;
  for (const words of lines) {
    process.argv.splice(2, Number.POSITIVE_INFINITY, ...words);
    await new Promise((ended) => {
      process.exit = ended;
      start();
    });
    // Findings are no failures of the call; 125: the pod could not be run.
    if (process.exitCode === 2 || process.exitCode === 125) exit();
  }
  const beside = `${cacheFile}.${process.pid}`;
  writeFileSync(beside, script.createCachedData());
  renameSync(beside, cacheFile);
  exit(0);
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
