// Containers' output as whole lines, each after its container's name, so that lines of several never mix.
import type { Style } from "../report/style.ts";

type Paint = (text: string) => string;

export interface LogOptions {
  /** Of all containers: the prefix is as wide as the longest. */
  readonly names: readonly string[];
  readonly prefix: boolean;
  /** At a terminal: what it says is printed as it comes. */
  readonly plain: string | undefined;
  readonly style: Style;
  readonly write: (stream: "stdout" | "stderr", bytes: Buffer | string) => void;
}

const NEWLINE = 10;
/** A line that does not end is printed in pieces of this size. */
const MAX_LINE = 64 * 1024;

export class LogPrinter {
  readonly #options: LogOptions;
  readonly #prefixes = new Map<string, string>();
  readonly #rest = new Map<string, Buffer>();

  constructor(options: LogOptions) {
    this.#options = options;
    const { names, style } = options;
    const colours: Paint[] = [style.cyan, style.green, style.yellow, style.blue];
    const wide = Math.max(0, ...names.map((name) => name.length));
    names.forEach((name, index) => {
      const paint = colours[index % colours.length] ?? style.dim;
      this.#prefixes.set(name, `${paint(`${name.padEnd(wide)} |`)} `);
    });
  }

  print(container: string, stream: "stdout" | "stderr", bytes: Buffer): void {
    const { prefix, plain, write } = this.#options;
    if (!prefix || container === plain) {
      write(stream, bytes);
      return;
    }
    const key = `${stream} ${container}`;
    const all = Buffer.concat([this.#rest.get(key) ?? Buffer.alloc(0), bytes]);
    const end = all.length > MAX_LINE ? all.length : all.lastIndexOf(NEWLINE) + 1;
    this.#rest.set(key, all.subarray(end));
    if (end > 0) write(stream, this.#lines(container, all.subarray(0, end)));
  }

  /** Prints what came without a newline at the end. */
  end(): void {
    for (const [key, rest] of this.#rest) {
      const [stream = "", container = ""] = key.split(" ");
      if (rest.length > 0) {
        this.#options.write(stream as "stdout" | "stderr", this.#lines(container, rest));
      }
    }
    this.#rest.clear();
  }

  #lines(container: string, bytes: Buffer): string {
    const prefix = this.#prefixes.get(container) ?? "";
    const text = bytes.toString("utf8").replace(/\n$/, "");
    return `${text
      .split("\n")
      .map((line) => prefix + line)
      .join("\n")}\n`;
  }
}
