// Helpers for tests that really run pods: the command as a process, and what a machine holds before and after.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unmountBelow } from "../../src/engines/hostMounts.ts";
import { findProgram } from "../../src/node/programs.ts";
import { writeDemoImages } from "../../tools/demoImages.ts";

/** Why pods cannot be run here; undefined where they can. */
export function cannotRun(): string | undefined {
  if (process.getuid?.() !== 0) return "needs root";
  for (const name of ["runc", "unshare", "setpriv", "nsenter", "ip"]) {
    if (findProgram(name) === undefined) return `needs ${name}`;
  }
  if (!existsSync("/bin/busybox")) return "needs busybox-static";
  return undefined;
}

export interface Lab {
  readonly folder: string;
  /** Places of this test alone, so that others that run at once are not counted. */
  readonly environment: Readonly<Record<string, string>>;
}

export function makeLab(): Lab {
  const folder = mkdtempSync(join(tmpdir(), "secctx-run-"));
  writeDemoImages(join(folder, "images"));
  return {
    folder,
    environment: {
      SECCTX_STATE_DIR: join(folder, "state"),
      SECCTX_CACHE_DIR: join(folder, "cache"),
    },
  };
}

export function removeLab({ folder }: Lab): void {
  // What a daemon sees is mounted in this mount table.
  assert.deepEqual(unmountBelow(folder), []);
  rmSync(folder, { recursive: true, force: true });
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ran>;
  /** Resolves when the text has been printed on stdout. */
  printed(text: string): Promise<void>;
}

/** `secctx run` with `words`; an object becomes a manifest file. */
export function start(lab: Lab, pod: object | string, words: readonly string[] = []): Running {
  const input = typeof pod === "string" ? pod : "-";
  const child = spawn(
    process.execPath,
    [
      ...["--import", "tsx", "src/cli/cli.ts", "run", input],
      ...["--image", `oci:${join(lab.folder, "images")}`, ...words],
    ],
    { env: { ...process.env, ...lab.environment }, stdio: ["pipe", "pipe", "pipe"] },
  );
  child.stdin.end(typeof pod === "string" ? "" : JSON.stringify(pod));
  let stdout = "";
  let stderr = "";
  const waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const wait of waiting) if (stdout.includes(wait.text)) wait.resolve();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return {
    process: child,
    ended: new Promise((resolve) => {
      child.on("close", (code) => resolve({ code, stdout, stderr }));
    }),
    printed: (text) =>
      new Promise((resolve) => {
        waiting.push({ text, resolve });
        if (stdout.includes(text)) resolve();
      }),
  };
}

export function runCommand(
  lab: Lab,
  pod: object | string,
  words: readonly string[] = [],
): Promise<Ran> {
  return start(lab, pod, words).ended;
}

/** Another command of secctx: `ps`, `exec` … @param heard told of what it has printed so far */
export function secctx(
  lab: Lab,
  words: readonly string[],
  input = "",
  heard: (stdout: string) => void = () => {},
): Promise<Ran> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/cli.ts", ...words], {
    env: { ...process.env, ...lab.environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A command may end without having read.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    heard(stdout);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A pod of one container `c` that runs a shell script, unless told otherwise. */
export function podOf(script: string, spec: object = {}, container: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "t" },
    spec: {
      restartPolicy: "Never",
      containers: [
        { name: "c", image: "demo/busybox:1", command: ["sh", "-c", script], ...container },
      ],
      ...spec,
    },
  };
}

/** Everything of secctx's that this machine holds: processes, mounts, cgroups, folders; [] is clean. */
export function leftovers({ environment, folder }: Lab): string[] {
  const state = environment["SECCTX_STATE_DIR"] ?? "";
  const data = join(environment["SECCTX_CACHE_DIR"] ?? "", "pods");
  const ids = [...entries(state), ...entries(data)];
  return [
    ...ids.map((id) => `folder ${id}`),
    ...processes(folder),
    ...readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .filter((line) => line.includes(folder))
      .map((line) => `mount ${line}`),
  ];
}

/** Cgroups named after secctx pods whose owner is one of `pids`. */
export function cgroupsOf(pids: readonly number[]): string[] {
  const owners = new RegExp(`^secctx-.*-(?:${pids.join("|")})-\\d+-\\d+(?:\\.\\d+)?$`);
  return entries("/sys/fs/cgroup").flatMap((hierarchy) =>
    [hierarchy, ...entries(join("/sys/fs/cgroup", hierarchy))].filter((name) => owners.test(name)),
  );
}

/** Processes whose command line or root names the lab's folder. */
function processes(folder: string): string[] {
  return entries("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      const root = readlinkSync(`/proc/${pid}/root`);
      const ours = command.includes(join(folder, "state")) || root.includes(folder);
      return ours ? [`process ${pid} ${command.slice(0, 100)}`] : [];
    } catch {
      return [];
    }
  });
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
