// Loads a bundle's commands and lets Node keep the heap: node --snapshot-blob FILE --build-snapshot THIS TUNABLES BUNDLE COMMAND...
// What starts from it looks nothing up that this process knew: not where the bundle lies, nor a module of Node's that
// cannot be kept.
"use strict";
const { readFileSync, realpathSync } = require("node:fs");
const { basename, dirname, join } = require("node:path");
const { setFlagsFromString, startupSnapshot } = require("node:v8");
const { Script } = require("node:vm");

/**
 * Of Node's modules those that it lets be kept, and that commands use as soon as they are loaded. `worker_threads` is none: what
 * its threads ask for their working directory is lost in a snapshot, and every thread fails.
 */
const KEPT = new Set(
  ["buffer", "events", "fs", "os", "path", "process", "timers/promises", "tty", "url", "util", "v8"].map(
    (name) => `node:${name}`,
  ),
);

const [tunables, bundle, ...commands] = process.argv.slice(2);
const startsPrograms = commands.includes("run");
if (startsPrograms) KEPT.add("node:child_process");
let started = false;

const bundled = {
  exports: {},
  /** Beside the file that was called, which is a link where npm installed it. */
  get filename() {
    return join(dirname(realpathSync(process.argv[1])), basename(bundle));
  },
};

const script = new Script(readFileSync(bundle, "latin1"), {
  filename: bundle,
  cachedData: readFileSync(bundle.replace(/cjs$/, "cache")),
});
if (script.cachedDataRejected) throw new Error(`${bundle}: the code cache is of another Node`);
script.runInThisContext()(bundled.exports, load, bundled);
void bundled.exports.load(commands);
// Here only Node's own modules can be required.
const warming = `(function (require, startsPrograms) {${readFileSync(join(__dirname, "warm.cjs"), "utf8")}\n})`;
new Script(warming).runInThisContext()(require, startsPrograms);

startupSnapshot.setDeserializeMainFunction(() => {
  // As without a snapshot: code caches are of those flags, and threads draw seeds of their own.
  setFlagsFromString("--rehash-snapshot");
  setFlagsFromString("--min-semi-space-size=0");
  forgetTunables();
  started = true;
  bundled.exports.start();
});

/** What the launcher told the C library, in front of what its caller did. */
function forgetTunables() {
  const told = process.env.GLIBC_TUNABLES;
  if (told === tunables) delete process.env.GLIBC_TUNABLES;
  else if (told?.startsWith(`${tunables}:`)) {
    process.env.GLIBC_TUNABLES = told.slice(tunables.length + 1);
  }
}

function load(name) {
  if (KEPT.has(name)) return require(name);
  if (name.startsWith("node:")) return new Proxy({}, { get: (_, key) => late(name)[key] });
  return late("node:module").createRequire(bundled.filename)(name);
}

function late(name) {
  if (!started) throw new Error(`${name} cannot be kept: use it when the command runs`);
  // What is loaded now has a code cache, too.
  setFlagsFromString("--sparkplug");
  return process.getBuiltinModule(name);
}
