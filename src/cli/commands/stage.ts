// `secctx stage NAME`: one stage alone, JSON lines in, JSON lines out, for comparison with the real program.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { JsonSyntaxError, parseJson, writeJson } from "../../core/rules/json.ts";
import { WorldError } from "../../core/rules/world.ts";
import { runStage, STAGES, type StageCommandName, StageLineError } from "../../core/stages.ts";
import type { Command, OptionValues } from "../command.ts";
import { UsageError } from "../errors.ts";
import { WORLD_OPTIONS, worldOf } from "../options.ts";

export const stageCommand: Command = {
  name: "stage",
  summary: "one stage alone: JSON lines in, JSON lines out",
  arguments: "<name> [file...]",
  argumentValues: Object.keys(STAGES),
  options: WORLD_OPTIONS,
  examples: [
    `echo '{"pod":{"spec":{"containers":[{"name":"c"}]}},"level":"restricted","version":"latest"}' | secctx stage podsecurity`,
    "",
    "Stages:",
    ...Object.entries(STAGES).map(([name, { summary }]) => `${name.padEnd(12)}${summary}`),
  ],
  run,
};

/** A line that is no input of the stage is answered with `invalid` and its number; the command then ends with 2. */
async function run(
  [name = "", ...files]: readonly string[],
  options: OptionValues,
): Promise<number> {
  if (!Object.hasOwn(STAGES, name)) {
    throw new UsageError(`unknown stage "${name}": there are ${Object.keys(STAGES).join(", ")}`);
  }
  const world = worldOf(options);
  let failed = false;
  for (const file of files.length === 0 ? ["-"] : files) {
    const input = file === "-" ? process.stdin : createReadStream(file);
    let number = 0;
    for await (const line of linesOf(input, file)) {
      number += 1;
      if (line.trim() === "") continue;
      try {
        process.stdout.write(
          `${writeJson(runStage(name as StageCommandName, parseJson(line), world))}\n`,
        );
      } catch (error) {
        if (!isLineError(error)) throw error;
        failed = true;
        console.error(
          `secctx: ${file === "-" ? "<stdin>" : file}:${number}: ${(error as Error).message}`,
        );
        process.stdout.write(`${writeJson({ invalid: (error as Error).message, line: number })}\n`);
      }
    }
  }
  return failed ? 2 : 0;
}

async function* linesOf(input: NodeJS.ReadableStream, file: string): AsyncGenerator<string> {
  const opened = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const failure = new Promise<never>((_, reject) => {
    input.once("error", (error) => reject(new UsageError(`cannot read ${file}: ${error.message}`)));
  });
  failure.catch(() => opened.close());
  for await (const line of opened) yield line;
  // A stream that could not be opened ends the loop without a line: its error is told here.
  await Promise.race([failure, Promise.resolve()]);
}

function isLineError(error: unknown): boolean {
  return (
    error instanceof StageLineError ||
    error instanceof JsonSyntaxError ||
    error instanceof WorldError
  );
}
