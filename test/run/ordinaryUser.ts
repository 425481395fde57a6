// An ordinary user of this machine, made for one test, and secctx run as that user from a copy that it may read.
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram } from "../../src/node/programs.ts";
import { writeDemoImages } from "../../tools/demoImages.ts";
import { cannotRun, type Ran } from "./run.ts";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

/** Why there can be no such user here; undefined where there can. */
export function cannotBeOrdinary(): string | undefined {
  const why = cannotRun();
  if (why !== undefined) return why;
  for (const name of ["useradd", "userdel", "newuidmap", "newgidmap", "crun"]) {
    if (findProgram(name) === undefined) return `needs ${name}`;
  }
  const words = ["--reuid", "65534", "--clear-groups", process.execPath, "--version"];
  if (spawnSync("setpriv", words).status !== 0) return "an ordinary user may not run this Node";
  return undefined;
}

export interface OrdinaryUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** First of its subordinate ids, and how many they are; undefined: it has none. */
  readonly subordinate: { readonly first: number; readonly count: number } | undefined;
  /** That it may read, with `home` and `run` of its own. */
  readonly folder: string;
}

/** Names tell which process made them. */
const NAME = /^secctx-test-(\d+)-\w+$/;

/**
 * Removes those of tests that were killed, too.
 * @param suffix of its name
 * @param hasIds whether it gets subordinate ids
 */
export function makeUser(suffix: string, hasIds: boolean): OrdinaryUser {
  const name = `secctx-test-${process.pid}-${suffix}`;
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [other = ""] = line.split(":");
    const maker = NAME.exec(other)?.[1];
    if (maker !== undefined && !existsSync(`/proc/${maker}`)) removeAccount(other);
  }
  removeAccount(name);
  const folder = mkdtempSync(join(tmpdir(), "secctx-rootless-"));
  chmodSync(folder, 0o755);
  const home = join(folder, "home");
  // A system's user gets no subordinate ids.
  const kind = hasIds ? ["--create-home"] : ["--system", "--create-home"];
  execFileSync("useradd", [...kind, "--home-dir", home, "--shell", "/bin/sh", name]);
  const [, , uid = 0, gid = 0] = lineOf("/etc/passwd", name).split(":").map(Number);
  if (hasIds && lineOf("/etc/subuid", name) === "") {
    execFileSync("usermod", ["--add-subuids", "1000000-1065535", name]);
    execFileSync("usermod", ["--add-subgids", "1000000-1065535", name]);
  }
  const run = join(folder, "run");
  mkdirSync(run, { mode: 0o700 });
  chownSync(run, uid, gid);
  for (const file of readdirSync(DIST).filter((one) => /\.(?:cjs|cache)$/.test(one))) {
    cpSync(join(DIST, file), join(folder, "dist", file));
  }
  writeDemoImages(join(folder, "images"));
  execFileSync("chmod", ["-R", "a+rX", join(folder, "dist"), join(folder, "images")]);
  const [, first = 0, count = 0] = lineOf("/etc/subuid", name).split(":").map(Number);
  return { name, uid, gid, subordinate: count > 0 ? { first, count } : undefined, folder };
}

export function removeUser(user: OrdinaryUser): void {
  for (const { pid } of processesOf(user)) process.kill(pid, "SIGKILL");
  removeAccount(user.name);
  rmSync(user.folder, { recursive: true, force: true });
}

function removeAccount(name: string): void {
  if (lineOf("/etc/passwd", name) !== "") spawnSync("userdel", ["--force", name]);
}

function lineOf(file: string, name: string): string {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.find((line) => line.startsWith(`${name}:`)) ?? "";
  } catch {
    return "";
  }
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ran>;
  printed(text: string): Promise<void>;
}

/**
 * `secctx WORDS…` as the user, with nothing in its environment but what a login gives.
 * @param before words of a command that runs, as root, the command behind it
 */
export function startAs(
  user: OrdinaryUser,
  words: readonly string[],
  {
    input = "",
    before = [],
  }: { readonly input?: string; readonly before?: readonly string[] } = {},
): Started {
  const { name, uid, gid, folder } = user;
  const [program = "setpriv", ...above] = [...before, "setpriv"];
  const child = spawn(
    program,
    [
      ...above,
      ...["--reuid", String(uid), "--regid", String(gid), "--init-groups", "--"],
      ...[process.execPath, join(folder, "dist/secctx.cjs"), ...words],
    ],
    {
      cwd: join(folder, "home"),
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: join(folder, "home"),
        USER: name,
        XDG_RUNTIME_DIR: join(folder, "run"),
        NO_COLOR: "1",
      },
      stdio: "pipe",
    },
  );
  child.stdin.end(input);
  const said = { stdout: "", stderr: "" };
  const waiting: (() => void)[] = [];
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<Ran>((resolve) => {
    child.on("close", (code) => resolve({ code, ...said }));
  });
  return {
    process: child,
    ended,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.stdout.includes(text)) resolve();
        };
        waiting.push(look);
        look();
        void ended.then(() => reject(new Error(`it ended without ${text}: ${said.stderr}`)));
      }),
  };
}

export function runAs(user: OrdinaryUser, words: readonly string[], input = ""): Promise<Ran> {
  return startAs(user, words, { input }).ended;
}

/** Writes a manifest that the user may read. @returns its path */
export function manifestOf(user: OrdinaryUser, pod: object): string {
  const path = join(user.folder, `pod-${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(path, JSON.stringify(pod), { mode: 0o644 });
  return path;
}

/** Living processes with the user's id or one of its subordinate ids. */
export function processesOf({ uid, subordinate }: OrdinaryUser): { pid: number; text: string }[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const owner = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
      const { first, count } = subordinate ?? { first: 0, count: 0 };
      const isOurs = owner === uid || (owner >= first && owner < first + count);
      if (!isOurs || /^State:\s+[ZX]/m.test(status)) return [];
      const text = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return [{ pid: Number(pid), text }];
    } catch {
      return [];
    }
  });
}

/** What pods have left of the user's: processes, folders. */
export function leftOf(user: OrdinaryUser): string[] {
  const folders = ["run/secctx", "home/.cache/secctx/pods"].flatMap((path) => {
    try {
      return readdirSync(join(user.folder, path)).map((name) => `folder ${path}/${name}`);
    } catch {
      return [];
    }
  });
  return [...folders, ...processesOf(user).map(({ pid, text }) => `process ${pid} ${text}`)];
}
