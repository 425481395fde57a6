// The log file that a CRI runtime writes for a container, read while it grows.
import { closeSync, openSync, readSync } from "node:fs";
import { readCRILog } from "../criLog.ts";

export class LogReader {
  readonly #path: string;
  readonly #output: (stream: "stdout" | "stderr", bytes: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);
  #position = 0;

  constructor(path: string, output: (stream: "stdout" | "stderr", bytes: Buffer) => void) {
    this.#path = path;
    this.#output = output;
  }

  /** Passes on what has come since the last time. */
  read(): void {
    const { records, rest } = readCRILog(Buffer.concat([this.#rest, this.#new()]));
    this.#rest = rest;
    for (const { stream, text } of records) this.#output(stream, text);
  }

  /** A file that is not there yet is empty. */
  #new(): Buffer {
    let file: number;
    try {
      file = openSync(this.#path, "r");
    } catch {
      return Buffer.alloc(0);
    }
    const pieces: Buffer[] = [];
    try {
      for (;;) {
        const piece = Buffer.alloc(64 * 1024);
        const size = readSync(file, piece, 0, piece.length, this.#position);
        if (size === 0) return Buffer.concat(pieces);
        this.#position += size;
        pieces.push(piece.subarray(0, size));
      }
    } finally {
      closeSync(file);
    }
  }
}
