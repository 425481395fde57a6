// What may stand at the end of a command line: read off the commands' specs, the same for every shell.
import type { CommandSpec, OptionSpec } from "../command.ts";

export interface Candidate {
  readonly value: string;
  readonly description: string;
}
export interface Candidates {
  readonly values: readonly Candidate[];
  /** File names fit too. */
  readonly files: boolean;
}

const NOTHING: Candidates = { values: [], files: false };
const FILES: Candidates = { values: [], files: true };
const HELP: OptionSpec = { flags: "-h, --help", description: "what the command does" };
const HELP_COMMAND: CommandSpec = {
  name: "help",
  summary: "what a command does",
  arguments: "[command]",
  options: [],
};

/** @param words behind the program's name; the last is being typed, and may be empty */
export function candidatesFor(
  words: readonly string[],
  commands: readonly CommandSpec[],
): Candidates {
  const [name = "", ...rest] = words;
  const all = [...commands, HELP_COMMAND];
  if (rest.length === 0) return { values: startOf(name, all), files: false };
  const command = all.find((one) => one.name === name);
  if (command === undefined) return NOTHING;
  if (command === HELP_COMMAND)
    return { values: beginning(rest[0] ?? "", named(all)), files: false };
  const options = [...command.options, HELP];
  const current = rest.at(-1) ?? "";
  const before = rest.slice(0, -1);
  if (before.includes("--")) return FILES;
  const waiting = optionOf(before.at(-1) ?? "", options);
  if (waiting !== undefined && takesValue(waiting)) return valuesOf(waiting, current, "");
  const joined = /^(--[\w-]+)=(.*)$/s.exec(current);
  if (joined?.[1] !== undefined) {
    const option = optionOf(joined[1], options);
    return option === undefined ? NOTHING : valuesOf(option, joined[2] ?? "", `${joined[1]}=`);
  }
  if (current.startsWith("-"))
    return { values: optionNames(current, before, options), files: false };
  return argumentsOf(command, current);
}

function startOf(typed: string, commands: readonly CommandSpec[]): Candidate[] {
  const options = typed.startsWith("-") ? [HELP, { flags: "-V, --version", description: "" }] : [];
  return beginning(typed, [...named(commands), ...options.flatMap(namesOf)]);
}

function named(commands: readonly CommandSpec[]): Candidate[] {
  return commands.map(({ name, summary }) => ({ value: name, description: summary }));
}

function beginning(typed: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(({ value }) => value.startsWith(typed));
}

/** `-o, --output <form>` → both names. */
function namesOf({ flags, description }: OptionSpec): Candidate[] {
  const values = flags.split(/[ ,]+/).filter((word) => word.startsWith("-"));
  return values.map((value) => ({ value, description }));
}

function optionOf(word: string, options: readonly OptionSpec[]): OptionSpec | undefined {
  return options.find((option) => namesOf(option).some(({ value }) => value === word));
}

function takesValue({ flags }: OptionSpec): boolean {
  return flags.includes("<");
}

/** What was given already is offered again only where it may be. Long names are enough until a short one is typed. */
function optionNames(
  typed: string,
  before: readonly string[],
  options: readonly OptionSpec[],
): Candidate[] {
  const free = options.filter(
    (option) =>
      option.repeatable === true ||
      !namesOf(option).some(({ value }) =>
        before.some((word) => word === value || word.startsWith(`${value}=`)),
      ),
  );
  const isShort = /^-[^-]/.test(typed);
  return beginning(typed, free.flatMap(namesOf)).filter(
    ({ value }) => isShort || value.startsWith("--"),
  );
}

function valuesOf(option: OptionSpec, typed: string, prefix: string): Candidates {
  const words = option.choices ?? option.values;
  // `sarif=` of `-o sarif=FILE`
  if (words === undefined || (option.values !== undefined && typed.includes("="))) {
    return /<[^>]*(?:file|folder|path|source)/.test(option.flags) || typed.includes("=")
      ? FILES
      : NOTHING;
  }
  const all = words.map((word) => ({ value: `${prefix}${word}`, description: "" }));
  return { values: beginning(`${prefix}${typed}`, all), files: false };
}

function argumentsOf({ argumentValues, arguments: told }: CommandSpec, typed: string): Candidates {
  if (argumentValues !== undefined) {
    const all = argumentValues.map((value) => ({ value, description: "" }));
    const values = beginning(typed, all);
    if (values.length > 0) return { values, files: false };
  }
  return /file|path/.test(told) ? FILES : NOTHING;
}
