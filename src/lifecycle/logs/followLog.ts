// Reads on in a container's log while it is written: from file to file, and from one start of the container to the next.
import { closeSync, fstatSync } from "node:fs";
import { readCRILog } from "../../engines/criLog.ts";
import { type LogFile, logFiles } from "./logFiles.ts";
import { LineJoiner, type LogLine } from "./logLines.ts";
import { type OpenLog, openLog, type ReadSoFar, readAt, STEP } from "./readLog.ts";

export class LogFollower {
  readonly #folder: string;
  #attempt: number;
  #at: OpenLog | undefined;
  #position: number;
  #joiner: LineJoiner;
  #rest: Buffer = Buffer.alloc(0);

  /** @param at where it was read before, and is closed here; undefined where there was no file yet */
  constructor(folder: string, attempt: number, at: OpenLog | undefined, before: ReadSoFar) {
    this.#folder = folder;
    this.#attempt = attempt;
    this.#at = at;
    this.#position = (at?.size ?? 0) - before.unread;
    this.#joiner = before.joiner;
  }

  /** What has come since the last time, with a line that does not end yet. */
  *read(): Generator<LogLine> {
    yield* this.#toEnd();
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      // Nothing is written to a file behind which there is another.
      yield* this.#toEnd();
      if (next.attempt !== this.#attempt) {
        yield* this.#joiner.rest();
        this.#joiner = new LineJoiner();
      }
      this.#enter(next);
      yield* this.#toEnd();
    }
    yield* this.#joiner.rest();
  }

  close(): void {
    if (this.#at !== undefined) closeSync(this.#at.file);
    this.#at = undefined;
  }

  #enter(next: LogFile): void {
    this.close();
    this.#at = openLog(next);
    this.#attempt = next.attempt;
    this.#position = 0;
    this.#rest = Buffer.alloc(0);
  }

  *#toEnd(): Generator<LogLine> {
    if (this.#at === undefined) return;
    const { file } = this.#at;
    for (;;) {
      const bytes = readAt(file, this.#position, STEP);
      if (bytes.length === 0) return;
      this.#position += bytes.length;
      const { records, rest } = readCRILog(Buffer.concat([this.#rest, bytes]));
      this.#rest = rest;
      for (const record of records) yield* this.#joiner.add(record);
    }
  }

  #next(): LogFile | undefined {
    const files = logFiles(this.#folder).filter(({ attempt }) => attempt >= this.#attempt);
    const at = this.#at;
    if (at === undefined) return files[0];
    const index = files.findIndex(({ inode }) => inode === at.inode);
    if (index >= 0) return files[index + 1];
    // Renamed while the folder was read: the next look finds it. Removed: the oldest that is left comes behind it.
    return fstatSync(at.file).nlink > 0 ? undefined : files[0];
  }
}
