// What the file that a container executes bears on privileges: setuid root, file capabilities, or the interpreter of a script.
import { spawnSync } from "node:child_process";
import {
  closeSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
  statSync,
} from "node:fs";
import { isAbsolute, join, posix } from "node:path";
import type { ExecFacts } from "../core/model/credentials.ts";
import { findProgram } from "../node/programs.ts";

export interface ExecQuestion {
  /** Root filesystem on this host; volumes over it are not looked at. */
  readonly rootfs: string;
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
}

/** The kernel follows at most so many interpreters of interpreters. */
const MAX_INTERPRETERS = 5;
const SETUID = 0o4000;

/** A plain file's facts are `{}`; so are those of a file that is not found. */
export function execFacts(question: ExecQuestion): ExecFacts {
  let path = lookUp(question);
  for (let depth = 0; depth < MAX_INTERPRETERS && path !== undefined; depth += 1) {
    const interpreter = interpreterOf(path);
    if (interpreter === undefined) return factsOf(path);
    path = inRoot(question.rootfs, interpreter);
  }
  return {};
}

/** As execvp looks a program up, inside the root filesystem. */
function lookUp({ rootfs, args, env, cwd }: ExecQuestion): string | undefined {
  const [name = ""] = args;
  if (name.includes("/")) return inRoot(rootfs, isAbsolute(name) ? name : posix.join(cwd, name));
  const path = env.find((variable) => variable.startsWith("PATH="))?.slice("PATH=".length) ?? "";
  for (const folder of path.split(":")) {
    const found = inRoot(rootfs, posix.join(folder === "" ? cwd : folder, name));
    if (found !== undefined && statSync(found).isFile()) return found;
  }
  return undefined;
}

const MAX_LINKS = 40;

/** Follows symlinks as a process inside would: an absolute one starts at the root filesystem, `..` never leaves it. */
function inRoot(rootfs: string, path: string): string | undefined {
  let steps = path.split("/");
  let at: string[] = [];
  for (let links = 0; steps.length > 0; ) {
    const [step = "", ...rest] = steps;
    steps = rest;
    if (step === "" || step === ".") continue;
    if (step === "..") {
      at.pop();
      continue;
    }
    const stat = lstat(join(rootfs, ...at, step));
    if (stat === undefined) return undefined;
    if (!stat.isSymbolicLink()) {
      at.push(step);
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) return undefined;
    const target = readlinkSync(join(rootfs, ...at, step));
    if (target.startsWith("/")) at = [];
    steps = [...target.split("/"), ...rest];
  }
  return join(rootfs, ...at);
}

function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/** Of `#!/bin/sh -e` the path. */
function interpreterOf(path: string): string | undefined {
  const head = Buffer.alloc(256);
  const file = openSync(path, "r");
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString("latin1"))?.[1];
}

/** getcap says `FILE cap_net_raw=ep`; without it file capabilities stay unknown. */
function factsOf(path: string): ExecFacts {
  const { mode, uid } = statSync(path);
  const getcap = findProgram("getcap");
  const said =
    getcap === undefined ? "" : spawnSync(getcap, [path], { encoding: "utf8" }).stdout.trim();
  const fileCapabilities = said.startsWith(path)
    ? said.slice(path.length).replace(/^ =? ?/, "")
    : "";
  return {
    ...((mode & SETUID) !== 0 && uid === 0 ? { setuid: true } : {}),
    ...(fileCapabilities === "" ? {} : { fileCapabilities }),
  };
}
