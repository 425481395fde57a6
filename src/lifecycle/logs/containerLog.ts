// Writes the log of one container of a pod in the background, as a CRI runtime does, and limits it, as the kubelet does.
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { criLogLines } from "../../engines/criLog.ts";
import { nowNano } from "../../node/clock.ts";
import { currentLog, logFiles } from "./logFiles.ts";

/** As the kubelet's containerLogMaxSize and containerLogMaxFiles. */
export interface LogLimits {
  /** Bytes of a file before the next one is begun. */
  readonly maxSize: number;
  /** Files of one start of the container. */
  readonly maxFiles: number;
}

/** @see kubernetes v1.37.2 pkg/kubelet/apis/config/v1beta1/defaults.go SetDefaults_KubeletConfiguration */
const KUBELET_LIMITS: LogLimits = { maxSize: 10 * 1024 * 1024, maxFiles: 5 };

/** What the kubelet keeps of containers that have ended: maximum-dead-containers-per-container. */
const ENDED_KEPT = 1;

const NEWLINE = Buffer.from("\n");

export class ContainerLog {
  readonly #folder: string;
  readonly #limits: LogLimits;
  #attempt = -1;
  #file: number | undefined;
  #size = 0;
  #pieces = 0;
  /** The disk was full in the middle of a line. */
  #isTorn = false;

  constructor(folder: string, limits: LogLimits = KUBELET_LIMITS) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** The container is started: whoever asks for its log is shown this one, be it empty. */
  begin(attempt: number): void {
    if (attempt === this.#attempt) return;
    try {
      this.#close();
      this.#attempt = attempt;
      this.#pieces = 0;
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      for (const file of logFiles(this.#folder)) {
        if (file.attempt < attempt - ENDED_KEPT) rmSync(file.path, { force: true });
      }
      this.#open();
    } catch {
      // A full disk must not end the pod: as with containerd, the log ends there.
    }
  }

  /** @param time when it was written; absent: now */
  write(
    attempt: number,
    stream: "stdout" | "stderr",
    bytes: Buffer,
    time: string = nowNano(),
  ): void {
    this.begin(attempt);
    const lines = criLogLines({ time, stream }, bytes);
    try {
      if (this.#size > 0 && this.#size + lines.length > this.#limits.maxSize) this.#rotate();
      this.#append(this.#isTorn ? Buffer.concat([NEWLINE, lines]) : lines);
    } catch {
      this.#isTorn = true;
    }
  }

  #append(lines: Buffer): void {
    const file = this.#file ?? this.#open();
    for (let written = 0; written < lines.length; ) {
      written += writeSync(file, lines, written);
    }
    this.#size += lines.length;
    this.#isTorn = false;
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/logs/container_log_manager.go rotateLog */
  #rotate(): void {
    this.#close();
    const path = currentLog(this.#folder, this.#attempt);
    renameSync(path, `${path}.${this.#pieces}`);
    this.#pieces += 1;
    // The one that is begun now is one of them.
    rmSync(`${path}.${this.#pieces - this.#limits.maxFiles}`, { force: true });
    this.#open();
  }

  #open(): number {
    this.#size = 0;
    this.#file = openSync(currentLog(this.#folder, this.#attempt), "a", 0o600);
    return this.#file;
  }

  #close(): void {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) closeSync(file);
  }
}
