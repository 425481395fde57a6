// Lines of one or several containers' logs to standard output, as `kubectl logs` prints them.
import type { LogLine } from "../lifecycle/logs/logLines.ts";

export interface LogForm {
  readonly timestamps: boolean;
  /** `[pod/server/app] `; "" without --prefix. */
  readonly prefix: (container: string) => string;
}

/**
 * Nine digits of a second, whatever its writer left out, in its own time zone.
 * @see kubernetes v1.37.2 staging/src/k8s.io/cri-client/pkg/logs/logs.go timeFormatOut
 */
function fixedNano(time: string): string {
  const [, seconds, fraction = "", zone] = RFC3339.exec(time) ?? [];
  return seconds === undefined ? time : `${seconds}.${fraction.padEnd(9, "0")}${zone}`;
}

const RFC3339 = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/;

const NEWLINE = 0x0a;
/** Written at once. */
const STEP = 64 * 1024;

export class LogWriter {
  readonly #form: LogForm;
  readonly #write: (bytes: Buffer) => Promise<void>;
  /** Whose line does not end yet. */
  #open: string | undefined;

  constructor(form: LogForm, write: (bytes: Buffer) => Promise<void>) {
    this.#form = form;
    this.#write = write;
  }

  /** Of one container all is printed byte by byte as it was written; another's line begins on a line of its own. */
  async print(container: string, lines: Iterable<LogLine>): Promise<void> {
    let pieces: Buffer[] = [];
    let size = 0;
    for (const line of lines) {
      const text = this.#textOf(container, line);
      pieces.push(...text);
      size += line.text.length;
      if (size < STEP) continue;
      const bytes = Buffer.concat(pieces);
      pieces = [];
      size = 0;
      // Whoever reads may have gone: that is heard only now.
      await this.#write(bytes);
    }
    if (pieces.length > 0) await this.#write(Buffer.concat(pieces));
  }

  #textOf(container: string, { time, isBegin, text }: LogLine): Buffer[] {
    const isCut = this.#open !== undefined && this.#open !== container;
    const isOn = this.#open === container && !isBegin;
    this.#open = text.at(-1) === NEWLINE ? undefined : container;
    const { prefix, timestamps } = this.#form;
    const head = isOn ? "" : `${prefix(container)}${timestamps ? `${fixedNano(time)} ` : ""}`;
    return [Buffer.from(`${isCut ? "\n" : ""}${head}`), text];
  }
}
