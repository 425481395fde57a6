// Start-up snapshots of the bundles, and the shell's half of the launcher that starts them.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";

/** Bundle → the commands that are loaded in its snapshot. Others of the bundle are loaded when they are called. */
const LOADED = { read: ["check", "explain", "fix"], run: ["run"] };

/**
 * The shell finds out whether the processor is the build's by what Linux tells of it. Elsewhere, and for a bundle whose
 * snapshot Node refuses to write, the command starts from its code cache.
 */
export function writeSnapshots() {
  if (process.platform !== "linux") return;
  for (const [group, commands] of Object.entries(LOADED)) {
    const blob = `dist/command.${group}.blob`;
    const builder = ["--snapshot-blob", blob, "--build-snapshot", "tools/build/snapshot.cjs"];
    const { NODE_OPTIONS: _, ...env } = process.env;
    const written = spawnSync(
      process.execPath,
      [...builder, `dist/command.${group}.cjs`, ...commands],
      { env, encoding: "utf8" },
    );
    // By its time the launcher knows whose it is.
    const touched = written.status === 0 && spawnSync("touch", ["-r", process.execPath, blob]);
    if (touched?.status === 0) continue;
    rmSync(blob, { force: true });
    console.warn(`no start-up snapshot of ${group}: ${written.stderr}`);
  }
}

/** @returns what stands before the launcher's JavaScript */
export function headOf(groups) {
  if (process.platform !== "linux") return "#!/usr/bin/env node\n";
  const cases = Object.keys(LOADED).map(
    (group) => `${groups[group].join(" | ")}) group=${group} ;;`,
  );
  return readFileSync("tools/launcher.sh", "utf8")
    .replace("{ NODE }", () => quoted(process.execPath))
    .replace("{ FEATURES }", () => quoted(features()))
    .replace("{ GROUPS }", () => cases.join(" "));
}

function features() {
  return /^(?:flags|Features).*$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[0] ?? "unknown";
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
