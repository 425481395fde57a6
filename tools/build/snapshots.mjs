// Start-up snapshots of the bundles, and the shell's half of the launcher that starts them.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Bundle → the commands that are loaded in its snapshot. Others of the bundle are loaded when they are called. */
const LOADED = { read: ["check", "explain", "fix"], run: ["run"] };

/**
 * V8 gives every hash table of a snapshot a new seed at each start, which takes a good part of it. The seed of the build
 * is as random, and nobody elsewhere knows it, so it is kept.
 */
const KEEPS_SEED = "--no-rehash-snapshot";

/**
 * Of `run` most functions are called a few times, and then it waits: compiling them to machine code costs more than it gives,
 * a collection comes only after more than a run needs, and one thread beside does what there is to do.
 */
const FLAGS = {
  read: [KEEPS_SEED],
  run: [KEEPS_SEED, "--no-sparkplug", "--min-semi-space-size=2", "--v8-pool-size=1"],
};

/** What the launcher tells the C library, which no program that the command starts is told. */
const TUNABLES = "glibc.malloc.hugetlb=1";

/** Where the snapshot says for which flags of V8 it was written: behind Node's version, architecture and platform. */
const WITHIN = 256;

/**
 * The shell finds out whether the processor is the build's by what Linux tells of it. Elsewhere, and for a bundle whose
 * snapshot Node refuses to write, the command starts from its code cache.
 */
export function writeSnapshots() {
  if (process.platform !== "linux") return;
  for (const [group, commands] of Object.entries(LOADED)) {
    const blob = `dist/command.${group}.blob`;
    const builder = ["--snapshot-blob", blob, "--build-snapshot", "tools/build/snapshot.cjs"];
    const written = spawnSync(
      process.execPath,
      [...builder, TUNABLES, `dist/command.${group}.cjs`, ...commands],
      { env: withoutOptions(), encoding: "utf8" },
    );
    const failure = written.status === 0 ? finish(group, blob, commands[0]) : written.stderr;
    if (failure === undefined) continue;
    rmSync(blob, { force: true });
    console.warn(`no start-up snapshot of ${group}: ${failure}`);
  }
}

/** @returns why it cannot be started from */
function finish(group, blob, command) {
  const flags = FLAGS[group];
  if (!isOfFlags(blob, flags)) return "it does not say of which flags it is";
  const { status, stderr } = spawnSync(
    process.execPath,
    [...flags, "--snapshot-blob", blob, "dist/secctx.cjs", command, "--help"],
    { env: withoutOptions(), encoding: "utf8" },
  );
  if (status !== 0) return stderr;
  // By its time the launcher knows whose it is.
  const touched = spawnSync("touch", ["-r", process.execPath, blob], { encoding: "utf8" });
  return touched.status === 0 ? undefined : touched.stderr;
}

/** Written under those flags it would have the seed that Node's own snapshot has, which everybody knows. */
function isOfFlags(blob, flags) {
  const content = readFileSync(blob);
  const at = content.subarray(0, WITHIN).indexOf(tagOf([]));
  if (at < 0) return false;
  tagOf(flags).copy(content, at);
  writeFileSync(blob, content);
  return true;
}

/** What V8 calls itself under these flags, as Node writes it. */
function tagOf(flags) {
  const code = "process.stdout.write(String(v8.cachedDataVersionTag()))";
  const { stdout } = spawnSync(process.execPath, [...flags, "-e", code], { env: withoutOptions() });
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(Number(stdout));
  return bytes;
}

function withoutOptions() {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return env;
}

/** @returns what stands before the launcher's JavaScript */
export function headOf(groups) {
  if (process.platform !== "linux") return "#!/usr/bin/env node\n";
  const cases = Object.keys(LOADED).map(
    (group) =>
      `${groups[group].join(" | ")}) group=${group} flags=${quoted(FLAGS[group].join(" "))} ;;`,
  );
  return readFileSync("tools/launcher.sh", "utf8")
    .replace("{ NODE }", () => quoted(process.execPath))
    .replace("{ TUNABLES }", () => quoted(TUNABLES))
    .replace("{ FEATURES }", () => quoted(features()))
    .replace("{ GROUPS }", () => cases.join(" "));
}

function features() {
  return /^(?:flags|Features).*$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[0] ?? "unknown";
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
