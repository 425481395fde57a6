// The lines of a container, put together from the pieces in its log file.
import type { LogRecord } from "../../engines/criLog.ts";

/** A line with its newline, or a part of one that is long or not written to its end. */
export interface LogLine {
  /** Of its first piece. */
  readonly time: string;
  readonly isBegin: boolean;
  readonly text: Buffer;
}

interface Held {
  readonly time: string;
  readonly pieces: Buffer[];
  size: number;
  isBegin: boolean;
}

/** More of a line is not waited for. */
const MAX_HELD = 64 * 1024;

/** Lines of the two streams do not mix, though their pieces do. */
export class LineJoiner {
  readonly #held = new Map<string, Held>();

  add({ time, stream, isEnd, text }: LogRecord): LogLine[] {
    const before = this.#held.get(stream);
    if (before === undefined && isEnd) return [{ time, isBegin: true, text }];
    const held = before ?? { time, pieces: [], size: 0, isBegin: true };
    held.pieces.push(text);
    held.size += text.length;
    if (isEnd) {
      this.#held.delete(stream);
      return [take(held)];
    }
    this.#held.set(stream, held);
    return held.size > MAX_HELD ? [take(held)] : [];
  }

  /** What has come so far of lines that do not end yet. */
  rest(): LogLine[] {
    return [...this.#held.values()].filter(({ size }) => size > 0).map(take);
  }
}

function take(held: Held): LogLine {
  const { time, isBegin, pieces } = held;
  const text = Buffer.concat(pieces);
  held.pieces.length = 0;
  held.size = 0;
  held.isBegin = false;
  return { time, isBegin, text };
}

/** @param count of whole lines, a last one without its end among them */
export function lastLines(lines: readonly LogLine[], count: number): readonly LogLine[] {
  let begin = lines.length;
  for (let left = count; left > 0 && begin > 0; ) {
    begin -= 1;
    if (lines[begin]?.isBegin === true) left -= 1;
  }
  return lines.slice(begin);
}
