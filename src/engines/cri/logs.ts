// The log file that a CRI runtime writes for a container, read while it grows.
import { closeSync, openSync, readSync } from "node:fs";

/**
 * Lines of `2026-11-24T01:38:46.61Z stdout F text`; P in place of F marks a piece of a line that goes on.
 * @see kubernetes v1.37.2 staging/src/k8s.io/cri-client/pkg/logs/logs.go parseCRILog
 */
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
    const bytes = Buffer.concat([this.#rest, this.#new()]);
    let begin = 0;
    for (;;) {
      const end = bytes.indexOf(NEWLINE, begin);
      if (end < 0) break;
      this.#line(bytes.subarray(begin, end));
      begin = end + 1;
    }
    this.#rest = bytes.subarray(begin);
  }

  #line(line: Buffer): void {
    const [time, stream, tags] = line.toString("latin1").split(" ", 3);
    if (time === undefined || tags === undefined) return;
    if (stream !== "stdout" && stream !== "stderr") return;
    const text = line.subarray(time.length + stream.length + tags.length + 3);
    const isPiece = tags.split(":").includes("P");
    this.#output(stream, isPiece ? text : Buffer.concat([text, Buffer.from("\n")]));
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

const NEWLINE = 0x0a;
