// Runs drawn OCI specs on a real runc or crun and prints each whose answer is not the one that secctx predicts.
// Usage, as root: unshare -muinp --fork --mount-proc node --import tsx tools/record/fuzz/oci.ts RUNTIME VERSION ROOTFS [COUNT] [SEED]
// ROOTFS holds a static /bin/busybox; the runtime's program may be a path, whose last part says which it is.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import fc from "fast-check";
import type { OciSpec } from "../../../src/core/model/oci.ts";
import type { Release } from "../../../src/core/model/version.ts";
import { composeWorld } from "../../../src/core/rules/world.ts";
import { runc } from "../../../src/core/runc/runc.ts";
import { CAPABILITIES } from "../../../src/core/tables/capabilities.ts";
import { ociSpecs } from "./ociSpecs.ts";

interface Answer {
  readonly error?: string;
  readonly warnings: readonly string[];
}

const [program = "", version = "", rootfs = "", count = "200", seed = "1"] = process.argv.slice(2);
if (rootfs === "") throw new Error("usage: oci.ts RUNTIME VERSION ROOTFS [COUNT] [SEED]");
const name = basename(program);

const available = BigInt(
  `0x${/^CapBnd:\s*(\w+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]}`,
);
const world = composeWorld({
  node: {
    kernel: "6.18",
    capabilities: CAPABILITIES.filter((_, bit) => ((available >> BigInt(bit)) & 1n) === 1n),
  },
  runtime: { ociRuntime: { name, version: version as Release } },
});

const bundle = mkdtempSync(join(tmpdir(), "secctx-oci-"));
let differing = 0;
try {
  const specs = fc.sample(ociSpecs(rootfs), { numRuns: Number(count), seed: Number(seed) });
  for (const [index, spec] of specs.entries()) {
    const real = name === "crun" ? runCrun(spec, index) : runRunc(spec, index);
    const { out } = runc({ spec }, world);
    const told: Answer =
      out.error === undefined
        ? { warnings: out.warnings }
        : { error: normalise(out.error), warnings: [] };
    const isRace = out.races?.includes(real.error ?? "") === true;
    if (isRace || JSON.stringify(real) === JSON.stringify(told)) continue;
    differing += 1;
    console.log(JSON.stringify({ index, real, told, spec }));
  }
  console.error(`${specs.length - differing} of ${specs.length} agree`);
} finally {
  try {
    rmSync(bundle, { recursive: true, force: true });
  } catch {
    // crun may still hold a mount in its state folder; the room ends it.
  }
}
process.exitCode = differing === 0 ? 0 : 1;

/** All but the arguments of mount(2), as test/golden/RUNTIMES.md says. */
function normalise(text: string): string {
  return text.replace(/: mount .*: (?=[^:]+$)/s, ": mount: ").trim();
}

function run(spec: OciSpec, index: number): { status: number | null; stderr: string } {
  writeFileSync(join(bundle, "config.json"), JSON.stringify(spec));
  // A state folder for each: crun would load a filter that it built for an earlier spec.
  const root = ["--root", join(bundle, `state-${index}`)];
  const id = `fuzz-${process.pid}-${index}`;
  const { status, stderr } = spawnSync(program, [...root, "run", "-b", bundle, id], {
    encoding: "utf8",
    timeout: 10_000,
    killSignal: "SIGKILL",
  });
  if (status !== 0)
    spawnSync(program, [...root, "delete", "-f", id], { timeout: 10_000, killSignal: "SIGKILL" });
  return { status, stderr };
}

function runRunc(spec: OciSpec, index: number): Answer {
  const { stderr } = run(spec, index);
  const failed = logged(stderr, "error").find((text) => text.startsWith("runc run failed: "));
  const error = failed?.slice("runc run failed: ".length) ?? /^exec .*$/m.exec(stderr)?.[0];
  if (error !== undefined) return { error: normalise(error), warnings: [] };
  return { warnings: logged(stderr, "warning") };
}

/** Messages of runc's log lines of one level. */
function logged(stderr: string, level: string): string[] {
  const lines = stderr.matchAll(/level=(\w+) msg=("(?:[^"\\]|\\.)*"|\S+)/g);
  return [...lines]
    .filter((match) => match[1] === level)
    .map(([, , text = ""]) => (text.startsWith('"') ? (JSON.parse(text) as string) : text));
}

/** Warnings of crun are lines too; only what ends it is compared. */
function runCrun(spec: OciSpec, index: number): Answer {
  const { status, stderr } = run(spec, index);
  const lines = stderr
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("unknown seccomp syscall"));
  const error = lines.at(-1);
  if (status === 0 || error === undefined) return { warnings: [] };
  return { error: normalise(error), warnings: [] };
}
