// The command line: finds the command, reads its options with commander, turns errors into one sentence and an exit code.
import { basename } from "node:path";
import { isMainThread } from "node:worker_threads";
import { Command as Commander, CommanderError, InvalidArgumentError, Option } from "commander";
import { EngineError } from "../node/errors.ts";
import type { Command, OptionSpec, Shell } from "./command.ts";
import { unknownAlone, withDashes } from "./commandWords.ts";
import { cannotWrite, UsageError } from "./errors.ts";
import { FILENAME_OPTION, filesAsArguments } from "./filenameWords.ts";
import { VERSION } from "./version.ts";

/** In the order of the help. Each module is loaded only when its command runs, or for the help. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  explain: async () => (await import("./commands/explain.ts")).explainCommand,
  check: async () => (await import("./commands/check.ts")).checkCommand,
  fix: async () => (await import("./commands/fix.ts")).fixCommand,
  diff: async () => (await import("./commands/diff.ts")).diffCommand,
  init: async () => (await import("./commands/init.ts")).initCommand,
  run: async () => (await import("./commands/run.ts")).runCommand,
  stage: async () => (await import("./commands/stage.ts")).stageCommand,
  ps: async () => (await import("./commands/ps.ts")).psCommand,
  describe: async () => (await import("./commands/describe.ts")).describeCommand,
  logs: async () => (await import("./commands/logs.ts")).logsCommand,
  exec: async () => (await import("./commands/exec.ts")).execCommand,
  stop: async () => (await import("./commands/stop.ts")).stopCommand,
  images: async () => (await import("./commands/images.ts")).imagesCommand,
  prune: async () => (await import("./commands/prune.ts")).pruneCommand,
  completion: async () => (await import("./commands/completion.ts")).completionCommand,
};

const SHELL: Shell = {
  commands: () => Promise.all(Object.values(COMMANDS).map((load) => load())),
};

/** Exit code when secctx could not do what it was asked: a wrong call, an unreadable file. */
const COULD_NOT_RUN = 2;

/** Of the command that was called. */
let couldNotRun = COULD_NOT_RUN;

/** A description beside long flags is wrapped down to this width; commander's own 40 left those of `run` unwrapped. */
const LEAST_COLUMN = 20;

/** Commander's, where no terminal is. */
const HELP_WIDTH = 80;

async function main(words: readonly string[]): Promise<number> {
  const program = new Commander(calledAs())
    .description("Kubernetes' SecurityContext, from manifest to kernel")
    .version(VERSION, "-V, --version")
    .exitOverride()
    .showSuggestionAfterError(true)
    .showHelpAfterError(`(${calledAs()} help lists the commands, whose options stand behind them)`)
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: LEAST_COLUMN });
  let code = 0;
  // `help nope` is told as `nope` is.
  const [first, second] = words;
  let called = words;
  if (first === "help" && second === "help") called = ["help"];
  else if (first === "help" && second !== undefined && !Object.hasOwn(COMMANDS, second)) {
    called = words.slice(1);
  }
  const named = words.find((word) => !word.startsWith("-"));
  const loaders =
    named !== undefined && Object.hasOwn(COMMANDS, named) && words[0] === named
      ? [COMMANDS[named]]
      : Object.values(COMMANDS);
  for (const load of loaders) {
    if (load === undefined) continue;
    const command = await load();
    if (command.name === words[0]) {
      couldNotRun = command.couldNotRun ?? COULD_NOT_RUN;
      called = wordsFor(command, words);
    }
    register(program, command, (result) => {
      code = result;
    });
  }
  try {
    await program.parseAsync(called, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version were asked for and shown.
    return error.exitCode === 0 ? 0 : couldNotRun;
  }
  return code;
}

/** The words as commander is to read them. */
function wordsFor(command: Command, [name = "", ...rest]: readonly string[]): readonly string[] {
  const { argumentsBeforeCommand: operands, options } = command;
  if (operands !== undefined) return [name, ...withDashes(rest, operands, options)];
  const told = unknownAlone(rest, options);
  return [name, ...(options.includes(FILENAME_OPTION) ? filesAsArguments(told, options) : told)];
}

/** `kubectl secctx` runs `kubectl-secctx` from the PATH: the help then says what was typed. */
function calledAs(): string {
  return basename(process.argv[1] ?? "") === "kubectl-secctx" ? "kubectl secctx" : "secctx";
}

function register(program: Commander, command: Command, done: (code: number) => void): void {
  const sub = program
    .command(command.name)
    .summary(command.summary)
    .description(command.summary)
    .exitOverride()
    .showSuggestionAfterError(true)
    .showHelpAfterError(`(${calledAs()} help ${command.name} lists what it takes)`);
  if (command.arguments !== "") sub.arguments(command.arguments);
  for (const option of command.options) sub.addOption(toOption(option));
  const { notes } = command;
  if (notes !== undefined) sub.addHelpText("after", () => `\n${wrapped(sub, notes)}`);
  if (command.examples !== undefined) {
    sub.addHelpText(
      "after",
      `\nExamples:\n${command.examples.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  sub.action(async () => {
    done(await command.run(sub.args, sub.opts(), SHELL));
  });
}

/** As wide as commander makes the rest of the help. */
function wrapped(command: Commander, text: string): string {
  const help = command.createHelp();
  return help.boxWrap(text, process.stdout.isTTY ? process.stdout.columns : HELP_WIDTH);
}

function toOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.description);
  if (spec.default !== undefined) option.default(spec.default);
  if (spec.choices !== undefined) option.choices(spec.choices);
  if (spec.repeatable === true) {
    option.argParser((value: string, all: string[] = []) => {
      const { choices } = spec;
      if (choices === undefined) return [...all, value];
      const words = value.split(",").map((word) => word.trim());
      if (words.every((word) => choices.includes(word))) return [...all, ...words];
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
    });
  }
  return option;
}

/** A reader that goes away (`| head`) ends the command quietly, as it does with every other program; a full disk does not. */
function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    console.error(`secctx: ${cannotWrite("to standard output", error)}`);
    process.exit(couldNotRun);
  });
}

async function run(): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.exitCode = couldNotRun;
    const known = error instanceof UsageError || error instanceof EngineError;
    console.error(
      known
        ? `secctx: ${(error as Error).message}`
        : `secctx: this is a bug in secctx, please report it\n${(error as Error).stack}`,
    );
  }
}

/** Node takes apart in milliseconds what the kernel frees at once; only what is not written yet has to be waited for. */
async function runAndExit(): Promise<void> {
  endWithReader();
  await run();
  // What could not be written is told in the next tick: a half answer must not end as a whole one.
  await new Promise(process.nextTick);
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
}

/** Does what this process or thread was called for, and ends it. */
export function start(): void {
  // Only `check` starts threads; to ask whether this is one costs a millisecond.
  if (process.argv[2] !== "check" || isMainThread) void runAndExit();
  else void import("./lanes/serve.ts").then(({ serve }) => serve());
}

/** For a start-up snapshot: what the commands consist of is there when it starts. */
export async function load(commands: readonly string[]): Promise<void> {
  for (const name of commands) await COMMANDS[name]?.();
}
