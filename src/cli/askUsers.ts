// Asks the person at the terminal which uid programs can run as that would be root; nothing is taken for granted.
import { createInterface } from "node:readline/promises";
import type { FixedManifest } from "../core/answers/fix.ts";
import { UsageError } from "./errors.ts";

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** By image, or by container where no image is named; what is left empty is absent. @throws UsageError after Ctrl-C */
export async function askUsers(
  manifests: readonly FixedManifest[],
  { input, output }: Terminal,
): Promise<Record<string, number>> {
  const questions = new Map<string, string>();
  for (const { notes, source } of manifests.flatMap(({ pods }) => pods)) {
    for (const { kind, needs, container = "", message, line } of notes) {
      if (kind !== "left" || needs === undefined) continue;
      const who = `${source.file}:${line ?? source.line}: container ${container}`;
      const reason = message.replace(/;.*$/, "");
      questions.set(needs.image || container, `${who} (${needs.image || "no image"}): ${reason}.`);
    }
  }
  const answers: Record<string, number> = {};
  if (questions.size === 0) return answers;
  const lines = createInterface({ input, output });
  try {
    for (const [name, question] of questions) {
      const uid = await ask(question, (text) => lines.question(text), output);
      if (uid !== undefined) answers[name] = uid;
    }
  } catch (error) {
    // Ctrl-D leaves the rest as it is, Ctrl-C stops.
    if (!(error instanceof Error) || error.name !== "AbortError") throw error;
    output.write("\n");
    if (!error.message.includes("Ctrl+D")) throw new UsageError("stopped; nothing is changed");
  } finally {
    lines.close();
  }
  return answers;
}

const MAX_ID = 2147483647;

async function ask(
  question: string,
  read: (text: string) => Promise<string>,
  output: NodeJS.WritableStream,
): Promise<number | undefined> {
  output.write(`${question}\n`);
  for (;;) {
    const answer = (await read("Which uid can its program run as? (empty: leave it) ")).trim();
    if (answer === "") return undefined;
    if (/^[1-9]\d*$/.test(answer) && Number(answer) <= MAX_ID) return Number(answer);
    output.write(`It must be a number from 1 to ${MAX_ID}.\n`);
  }
}
