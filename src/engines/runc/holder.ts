// The pod's sandbox as one shell: it holds the shared namespaces and a private mount table, and cleans up when secctx dies.
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { EngineError } from "../../node/errors.ts";
import { needProgram } from "../../node/programs.ts";
import { stateRoot } from "../podPlace.ts";
import { SCRIPT } from "./holderScript.ts";
import { PAUSE } from "./pauseScript.ts";
import { closed } from "./runtimeLog.ts";
import { ofHolder, type RuntimeProcess } from "./runtimeProcess.ts";

const SEPARATOR = "\u001e ";

/** Namespaces in the spelling of unshare's options. */
export type HeldNamespace = "net" | "ipc" | "uts";

/** What is removed when secctx dies. */
export interface HolderPlace {
  readonly state: string;
  readonly data: string;
  readonly cgroups: readonly string[];
}

export interface Holder {
  readonly pid: number;
  /** Before it nothing can be left. */
  place(place: HolderPlace): void;
  /** Runs a shell command in the sandbox. @throws EngineError with what it said, when it fails */
  run(command: string): Promise<string>;
  /**
   * Starts a process that holds the sandbox's other namespaces inside a user namespace of its own. `maps`: the texts of
   * its uid_map and gid_map. @returns its number
   */
  keep(namespaces: readonly HeldNamespace[], maps: readonly [string, string]): Promise<number>;
  /** Starts the first process of a shared process namespace. @returns the path of that namespace */
  startPause(): Promise<string>;
  /** Has a shell wait for the command that `start` will be given, so that it only has to become it. */
  prepareStart(): void;
  /**
   * Starts an OCI runtime in the sandbox's mount table: a fork of this shell is sooner than one of Node.
   * @returns undefined where its streams are taken, by the runtime that was started so first
   */
  start(command: readonly string[]): RuntimeProcess | undefined;
  /** Lets everything go that the sandbox holds; resolves when it is gone. */
  release(): Promise<void>;
}

/** @throws EngineError when this machine does not let secctx make namespaces */
export function startHolder(namespaces: readonly HeldNamespace[]): Holder {
  const flags = namespaces.map((name) => `--${name}`);
  const child = spawn(
    needProgram("unshare"),
    [
      ...["--mount", "--propagation", "slave", ...flags, "--", needProgram("sh"), "-c", SCRIPT],
      // Of no meaning to the shell: who looks at the processes sees whose it is.
      ...["secctx-sandbox", stateRoot()],
    ],
    {
      ...{ detached: true, cwd: "/", env: { PATH: process.env["PATH"] ?? "", PAUSE } },
      // The runtime's three, and what the shell says of it.
      stdio: ["pipe", "pipe", "pipe", "pipe", "pipe", "pipe", "pipe"],
    },
  );
  if (child.pid === undefined) throw new EngineError("cannot start unshare");
  return new ShellHolder(child, child.pid);
}

interface Waiter {
  readonly resolve: (output: string) => void;
  readonly reject: (error: Error) => void;
}

class ShellHolder implements Holder {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #waiters: Waiter[] = [];
  readonly #gone: Promise<void>;
  #output = "";
  #errors = "";
  #ended = false;
  #isPrepared = false;
  #hasStarted = false;

  constructor(child: ChildProcess, pid: number) {
    this.#child = child;
    this.pid = pid;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#read(text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#errors += text;
    });
    child.stdin?.on("error", () => {});
    child.on("error", () => {});
    // What a container leaves behind may hold the runtime's streams for longer.
    this.#gone = Promise.all([
      new Promise<void>((resolve) => child.on("exit", () => resolve())),
      ...[child.stdout, child.stderr].map((stream) => closed(stream)),
    ]).then(() => {
      this.#ended = true;
      for (const waiter of this.#waiters.splice(0)) waiter.reject(this.#lost());
    });
  }

  place({ state, data, cgroups }: HolderPlace): void {
    this.#child.stdin?.write(`place ${[state, data, ...cgroups].map(quote).join(" ")}\n`);
  }

  run(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#lost());
        return;
      }
      this.#waiters.push({ resolve, reject });
      this.#child.stdin?.write(`${command.replaceAll("\n", " ")}\n`);
    });
  }

  async keep(
    namespaces: readonly HeldNamespace[],
    maps: readonly [string, string],
  ): Promise<number> {
    const flags = namespaces.map((name) => `--${name}`).join(" ");
    return Number(await this.run(`keep ${flags};${maps.join(";")}`));
  }

  async startPause(): Promise<string> {
    return `/proc/${await this.run("pause")}/ns/pid_for_children`;
  }

  prepareStart(): void {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    this.#child.stdin?.write("first\n");
  }

  start(command: readonly string[]): RuntimeProcess | undefined {
    if (this.#hasStarted || this.#ended) return undefined;
    this.#hasStarted = true;
    this.prepareStart();
    this.#streams[0]?.write(`${command.map(quote).join(" ")}\n`);
    return ofHolder(this.#streams);
  }

  async release(): Promise<void> {
    // Whoever waits there for a command hears that none comes.
    if (!this.#hasStarted) for (const stream of this.#streams) stream.destroy();
    this.#child.stdin?.end("bye\n");
    await this.#gone;
    for (const stream of this.#streams) stream.destroy();
  }

  get #streams(): Socket[] {
    return this.#child.stdio.slice(3) as Socket[];
  }

  #read(text: string): void {
    this.#output += text;
    for (;;) {
      const at = this.#output.indexOf(SEPARATOR);
      const end = this.#output.indexOf("\n", at);
      if (at < 0 || end < 0) return;
      const said = this.#output.slice(0, at).trimEnd();
      const status = this.#output.slice(at + SEPARATOR.length, end);
      this.#output = this.#output.slice(end + 1);
      const waiter = this.#waiters.shift();
      if (status === "0") waiter?.resolve(said);
      else waiter?.reject(new EngineError(said === "" ? `status ${status}` : said));
    }
  }

  #lost(): EngineError {
    const said = this.#errors.trim().replace(/^unshare: /, "");
    return new EngineError(
      `the pod's sandbox could not be held${said === "" ? "" : `: ${said}`}; secctx run needs root and a kernel with namespaces`,
    );
  }
}

/** A word of a shell command, whatever stands in it. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
