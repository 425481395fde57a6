// `--resolve-images`: asks the stores of this machine and the registries for the users of images that nobody told, a few at once.
import type { ImageFacts } from "../core/model/world.ts";
import { ImageError } from "../images/image.ts";
import { inspectImage } from "../images/inspectImage.ts";
import { InvalidReference } from "../images/reference.ts";
import { UsageError } from "./errors.ts";
import { stopSignals } from "./stopSignals.ts";

const AT_ONCE = 6;

/** One that fails stays unknown and is told on stderr. Ctrl-C ends it at once. */
export async function resolveImages(
  references: readonly string[],
  quiet: boolean,
): Promise<Record<string, ImageFacts>> {
  const facts: Record<string, ImageFacts> = {};
  const stop = stopSignals(undefined);
  const progress = progressOn(process.stderr, references.length, quiet);
  const left = [...references];
  async function work(): Promise<void> {
    for (let reference = left.shift(); reference !== undefined; reference = left.shift()) {
      if (stop.signal.aborted) return;
      progress.at(reference);
      try {
        facts[reference] = await inspectImage(reference, { signal: stop.signal });
      } catch (error) {
        if (stop.signal.aborted) return;
        if (!(error instanceof ImageError || error instanceof InvalidReference)) throw error;
        progress.clear();
        console.error(`secctx: the user of ${reference} stays unknown: ${error.message}`);
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (stop.signal.aborted) throw new UsageError("stopped before every image was looked at");
  } finally {
    progress.clear();
    stop.end();
  }
  return facts;
}

interface Progress {
  at(reference: string): void;
  clear(): void;
}

/** A line that is written over, on a terminal only. */
function progressOn(stream: NodeJS.WriteStream, total: number, quiet: boolean): Progress {
  if (stream.isTTY !== true || quiet) return { at() {}, clear() {} };
  let count = 0;
  return {
    at(reference) {
      count += 1;
      const text = `image ${count} of ${total}: ${reference.replace(/[^\x20-\x7e]/g, "?")}`;
      stream.write(`\r\x1b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear() {
      stream.write("\r\x1b[K");
    },
  };
}
