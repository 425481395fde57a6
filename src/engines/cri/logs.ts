// The log file that a CRI runtime writes for a container, read while it grows; what was read of it takes no room any more.
import { spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { findProgram } from "../../node/programs.ts";
import { readCRILog } from "../criLog.ts";

/** Read bytes that may lie on the disk still: the kubelet's containerLogMaxSize. */
const MAX_READ = 10 * 1024 * 1024;
/** What a container may be ahead of its reader: the kubelet's containerLogMaxFiles, each of that size. */
const MAX_AHEAD = 5 * MAX_READ;
/** Read at once: others have their turn between. */
const STEP = 1024 * 1024;

type Stream = "stdout" | "stderr";

export class LogReader {
  readonly #path: string;
  readonly #output: (stream: Stream, bytes: Buffer, time?: string) => void;
  readonly #lost: (bytes: number) => void;
  /** Where a line was begun and has not ended. */
  #open: Stream | undefined;
  #rest: Buffer = Buffer.alloc(0);
  #position = 0;
  /** From here on the file lies on the disk. */
  #kept = 0;

  /** @param lost told how many bytes of the file nobody will read, before what follows them is passed on */
  constructor(
    path: string,
    output: (stream: Stream, bytes: Buffer, time?: string) => void,
    lost: (bytes: number) => void = () => {},
  ) {
    this.#path = path;
    this.#output = output;
    this.#lost = lost;
  }

  /** Passes on what has come since the last time, or the first part of it. @returns whether there may be more */
  read(): boolean {
    const bytes = this.#new();
    const { records, rest } = readCRILog(Buffer.concat([this.#rest, bytes]));
    this.#rest = rest;
    for (const { stream, text, isEnd, time } of records) {
      this.#output(stream, text, time);
      this.#open = isEnd ? undefined : stream;
    }
    if (this.#position - this.#kept > MAX_READ) this.#free();
    return bytes.length === STEP;
  }

  /**
   * A hole in place of what was read, since the runtime goes on writing at the end: the kubelet would rename the file and have
   * another opened, for readers that secctx has not. A file system without holes keeps it all.
   */
  #free(): void {
    const program = findProgram("fallocate");
    if (program === undefined) return;
    const words = ["--punch-hole", "--offset", "0", "--length", String(this.#position), this.#path];
    this.#kept = this.#position;
    spawn(program, words, { stdio: "ignore" })
      .on("error", () => {})
      .unref();
  }

  /** A file that is not there yet is empty. */
  #new(): Buffer {
    let file: number;
    try {
      file = openSync(this.#path, "r");
    } catch {
      return Buffer.alloc(0);
    }
    try {
      const { size } = fstatSync(file);
      // Lost, as what a kubelet rotates away before anybody has read it.
      if (size - this.#position > MAX_AHEAD) this.#leap(size - MAX_READ);
      const bytes = Buffer.alloc(Math.min(STEP, Math.max(0, size - this.#position)));
      const length = readSync(file, bytes, 0, bytes.length, this.#position);
      this.#position += length;
      return bytes.subarray(0, length);
    } finally {
      closeSync(file);
    }
  }

  /** The line that begins before is no line. */
  #leap(position: number): void {
    const lost = position - this.#position + this.#rest.length;
    this.#position = position;
    this.#rest = Buffer.alloc(0);
    if (this.#open !== undefined) this.#output(this.#open, Buffer.from("\n"));
    this.#open = undefined;
    this.#lost(lost);
  }
}
