// One container through `RUNTIME run`: started, watched, and told apart from the runtime's own failures.
import { existsSync, type FSWatcher, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OciProcess } from "../../core/model/oci.ts";
import { timerMs } from "../../node/clock.ts";
import { diskFault } from "../../node/diskFault.ts";
import { EngineError } from "../../node/errors.ts";
import { textIfThere } from "../../node/ifThere.ts";
import type {
  ContainerExit,
  ContainerRefusal,
  ContainerRequest,
  ExecResult,
  ExecWay,
} from "../engine.ts";
import { execProcess, NO_LOG } from "../execProcess.ts";
import { kill } from "./cgroups.ts";
import type { Holder } from "./holder.ts";
import { errorsOf } from "./runtimeLog.ts";
import { ofChild, type RuntimeProcess } from "./runtimeProcess.ts";
import { inTable, type Streams, spawnMortal, spawnRuntime } from "./spawn.ts";
import { connectInput } from "./standardInput.ts";

export interface RunOptions extends Streams {
  /** Path of the OCI runtime. */
  readonly runtime: string;
  /** Its own options. */
  readonly words: readonly string[];
  /** The runtime's own state. */
  readonly root: string;
  readonly bundle: string;
  readonly id: string;
  /** The container's own, as its spec says it. */
  readonly process: OciProcess;
  readonly holder: Holder;
  /** What of a container that has ended is left for secctx to look at; the runtime knows the option `--keep`. */
  readonly keeps: boolean;
  /** Did the kernel end it for its memory? Called when it has ended. */
  readonly isOomKilled: (exitCode: number) => boolean;
  /** How long the runtime may take to start the container, and to end after it. */
  readonly requestTimeoutMs: number;
}

/** What a runtime's refusal is called when containerd reports it. */
const CONTAINERD_WORDS =
  "failed to create containerd task: failed to create shim task: OCI runtime create failed: ";

export class ContainerProcess {
  readonly started: Promise<ContainerRefusal | undefined>;
  readonly ended: Promise<ContainerExit | undefined>;
  readonly #options: RunOptions;
  readonly #pidFile: string;
  readonly #runtime: RuntimeProcess;
  readonly #execs = new Set<RuntimeProcess>();
  #execCount = 0;
  #gaveUp: string | undefined;

  constructor(options: RunOptions, request: ContainerRequest) {
    this.#options = options;
    this.#pidFile = join(options.bundle, "pid");
    const words = ["run", ...(options.keeps ? ["--keep"] : []), "--pid-file", this.#pidFile];
    words.push("--bundle", options.bundle, options.id);
    this.#runtime = spawnRuntime(this.#command(words, this.#logFile), request, options);
    const { exit } = this.#runtime;
    connectInput(this.#runtime, request);
    const started = this.#watchStart(exit);
    this.#limit(started, exit);
    this.#pass(request, started);
    this.started = started.then((runs) => (runs ? undefined : this.#refusal()));
    this.ended = Promise.all([started, exit]).then(([runs, code]) =>
      runs ? { exitCode: code, oomKilled: options.isOomKilled(code) } : undefined,
    );
  }

  /** The container's first process as this host numbers it. */
  get pid(): number | undefined {
    const pid = Number(textIfThere(this.#pidFile));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  }

  signal(name: NodeJS.Signals): void {
    void this.started.then(() => {
      if (!this.#runtime.isRunning()) return;
      const { pid } = this;
      if (pid !== undefined) kill(pid, name);
    });
  }

  /**
   * Ends a runtime that hangs, with what it has started in its process group. The container's process, if there is one,
   * is ended by its cgroup.
   */
  abandon(): void {
    this.#gaveUp ??= CANCELED;
    for (const { end } of [this.#runtime, ...this.#execs]) end();
  }

  /** A start that takes too long is given up, and so is a runtime that stays after its container. */
  #limit(started: Promise<boolean>, exit: Promise<unknown>): void {
    const { requestTimeoutMs } = this.#options;
    let timer: NodeJS.Timeout | undefined = setTimeout(() => {
      this.#gaveUp = DEADLINE_EXCEEDED;
      this.abandon();
    }, requestTimeoutMs);
    let look: NodeJS.Timeout | undefined;
    void started.then((runs) => {
      clearTimeout(timer);
      timer = undefined;
      if (!runs) return;
      look = setInterval(() => {
        const { pid } = this;
        if (timer !== undefined || pid === undefined || existsSync(`/proc/${pid}`)) return;
        timer = setTimeout(() => this.abandon(), requestTimeoutMs);
      }, LOOK_MS);
    });
    void exit.then(() => {
      clearTimeout(timer);
      clearInterval(look);
    });
  }

  async exec(command: readonly string[], timeoutMs: number): Promise<ExecResult> {
    this.#execCount += 1;
    const log = join(this.#options.bundle, `exec-${this.#execCount}.json`);
    const file = join(this.#options.bundle, `process-${this.#execCount}.json`);
    const { before, after, process: own } = this.execWay(log);
    writeFileSync(file, JSON.stringify(execProcess(own, { command, terminal: false })));
    const child = spawnMortal([...before, file, ...after], this.#options);
    child.stdin?.end();
    const running = ofChild(child);
    this.#execs.add(running);
    let output = "";
    const take = (bytes: Buffer): void => {
      if (output.length < MAX_EXEC_OUTPUT) output += bytes.toString("utf8");
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, timerMs(timeoutMs));
    const exitCode = await running.exit;
    clearTimeout(timer);
    this.#execs.delete(running);
    const refusal = exitCode === 0 || timedOut ? undefined : errorsOf(log).at(-1);
    for (const path of [log, file]) rmSync(path, { force: true });
    return { exitCode, output, timedOut, ...(refusal === undefined ? {} : { refusal }) };
  }

  execWay(log: string = NO_LOG): ExecWay {
    const { id, bundle, process } = this.#options;
    const command = this.#command(["exec", "--process"], log);
    const before = [...inTable(this.#options.holder.pid), ...command];
    return { before, after: [id], process, folder: bundle };
  }

  #command(words: readonly string[], log: string): string[] {
    const { runtime, words: own, root } = this.#options;
    return [runtime, ...own, "--root", root, "--log", log, "--log-format", "json", ...words];
  }

  get #logFile(): string {
    return join(this.#options.bundle, "log.json");
  }

  /** The pid file is written when the process runs. */
  #watchStart(exit: Promise<number>): Promise<boolean> {
    return new Promise((resolve) => {
      let watcher: FSWatcher | undefined;
      const look = (over: boolean): void => {
        const runs = existsSync(this.#pidFile);
        if (!runs && !over) return;
        watcher?.close();
        watcher = undefined;
        resolve(runs);
      };
      watcher = watch(this.#options.bundle, () => look(false));
      watcher.on("error", () => {});
      look(false);
      void exit.then(() => look(true));
    });
  }

  /** Before the process runs only the runtime writes, and what it says is in its log. */
  #pass({ output }: ContainerRequest, started: Promise<boolean>): void {
    let runs: boolean | undefined;
    const held: [stream: "stdout" | "stderr", bytes: Buffer][] = [];
    void started.then((is) => {
      runs = is;
      if (runs) for (const [stream, bytes] of held.splice(0)) output(stream, bytes);
    });
    for (const stream of ["stdout", "stderr"] as const) {
      this.#runtime[stream]?.on("data", (bytes: Buffer) => {
        if (runs === undefined) held.push([stream, bytes]);
        else if (runs) output(stream, bytes);
      });
    }
  }

  #refusal(): ContainerRefusal {
    if (this.#gaveUp) return { step: "start", message: this.#gaveUp, timedOut: true };
    const message =
      errorsOf(this.#logFile).at(-1) ??
      diskFault(this.#options.bundle) ??
      "the OCI runtime ended without a word";
    // containerd calls create, then start; `run` is both.
    return {
      step: "start",
      message: CONTAINERD_WORDS + message.replace(/^runc run failed/, "runc create failed"),
    };
  }
}

export type StartedProcess = Pick<
  ContainerProcess,
  "started" | "ended" | "signal" | "abandon" | "exec" | "execWay"
>;

/** One for which no runtime was called. */
export function refusedStart(refusal: ContainerRefusal): StartedProcess {
  const never = (): never => {
    throw new EngineError(refusal.message);
  };
  return {
    started: Promise.resolve(refusal),
    ended: Promise.resolve(undefined),
    ...{ signal() {}, abandon() {}, exec: never, execWay: never },
  };
}

/** What gRPC's client in the kubelet says of a call that took too long, or was given up. */
const DEADLINE_EXCEEDED = "context deadline exceeded";
const CANCELED = "context canceled";
const LOOK_MS = 1000;
const MAX_EXEC_OUTPUT = 10 * 1024;
