// The OCI runtimes installed on this machine and their versions: which release's rules hold when one runs a container.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Release } from "../core/model/version.ts";
import { cacheDirectory } from "./directories.ts";
import { EngineError } from "./errors.ts";
import { findProgram, isKnownProgram, notInstalled } from "./programs.ts";

/** An OCI runtime that is installed here. */
export interface OciRuntime {
  /** `runc`, `crun`, or what it calls itself. */
  readonly name: string;
  readonly path: string;
  readonly version: Release;
  /** `1.1.5+ds1`. */
  readonly fullVersion: string;
}

/** A runtime that says nothing for so long is taken for broken. */
const PATIENCE_MS = 10_000;

/**
 * Finds an OCI runtime by name or path. Its version is asked once (`--version`) and remembered by path, size and time of
 * change in the cache directory, so that a later run starts no process.
 * @throws EngineError when it is not installed (naming the package) or does not answer
 */
export function findOciRuntime(nameOrPath: string, cache: string = cacheDirectory()): OciRuntime {
  const path = findProgram(nameOrPath);
  if (path === undefined) {
    throw new EngineError(
      isKnownProgram(nameOrPath)
        ? notInstalled(nameOrPath)
        : `no OCI runtime at ${nameOrPath}: it is no executable file`,
    );
  }
  const stamp = stampOf(path);
  const file = join(cache, "runtimes.json");
  const known = readKnown(file);
  const remembered = known[path];
  if (remembered?.stamp === stamp && remembered.runtime?.version !== undefined) {
    return { ...remembered.runtime, path };
  }
  const runtime = askVersion(path);
  remember(file, { ...known, [path]: { stamp, runtime } });
  return runtime;
}

interface Remembered {
  readonly stamp: string;
  readonly runtime: OciRuntime;
}

function stampOf(path: string): string {
  const { size, mtimeMs, ctimeMs, ino } = statSync(path);
  return `${size}:${mtimeMs}:${ctimeMs}:${ino}`;
}

function askVersion(path: string): OciRuntime {
  const { stdout, error, status } = spawnSync(path, ["--version"], {
    encoding: "utf8",
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
  });
  const runtime = status === 0 ? parseVersion(stdout, path) : undefined;
  if (runtime === undefined) {
    const why = error === undefined ? `it answered with exit code ${status}` : error.message;
    throw new EngineError(`${path} does not tell its version: ${why}`);
  }
  return runtime;
}

/** `runc version 1.1.5+ds1`, `crun version 1.8.1`; undefined for anything else. */
export function parseVersion(text: string, path: string): OciRuntime | undefined {
  const match = /^(?:(\S+) version )?v?((\d+)\.(\d+)\S*)/m.exec(text);
  if (match === null) return undefined;
  const [, name = basename(path), fullVersion = "", major, minor] = match;
  return { name, path, version: `${Number(major)}.${Number(minor)}`, fullVersion };
}

function readKnown(file: string): Readonly<Record<string, Remembered>> {
  try {
    const known: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof known === "object" && known !== null ? { ...known } : {};
  } catch {
    return {};
  }
}

/** Written beside and renamed, so that a reader never sees half of it; a cache that cannot be written is no failure. */
function remember(file: string, known: Readonly<Record<string, Remembered>>): void {
  const beside = `${file}.${process.pid}`;
  try {
    // Open for passing: the ids of a pod in a user namespace have to reach its folders below.
    mkdirSync(join(file, ".."), { recursive: true, mode: 0o711 });
    writeFileSync(beside, JSON.stringify(known));
    renameSync(beside, file);
  } catch {
    rmSync(beside, { force: true });
  }
}
