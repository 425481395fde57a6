// The shape of a command: data first, behaviour last. cli.ts registers it; its module is loaded only when it runs.

export interface OptionSpec {
  /** As commander spells them: `--timeout <seconds>`, `-q, --quiet`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string | boolean;
  /** Any other value is a usage error. */
  readonly choices?: readonly string[];
  /** Offered by completion, where other values are possible too. */
  readonly values?: readonly string[];
  /** May be given several times, choices also in one word (`cri,oci`); the values come as a list. */
  readonly repeatable?: boolean;
}

/** What a person reads in the help, and how the command line is read: no code of the command is needed for it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** As commander spells it: `<file...>`. */
  readonly arguments: string;
  /** Words that its arguments may be, beside files: offered by completion. */
  readonly argumentValues?: readonly string[];
  readonly options: readonly OptionSpec[];
  /** After so many arguments another program's command begins, whose options are its own. */
  readonly argumentsBeforeCommand?: number;
  /** Exit code when it could not do what it was asked; default: 2. */
  readonly couldNotRun?: number;
  /** Shown after the options: what they do not say. */
  readonly notes?: string;
  /** Shown at the end. */
  readonly examples?: readonly string[];
}

/** Option values by their camelCase name; a repeatable one is a list. */
export type OptionValues = Readonly<
  Record<string, string | boolean | readonly string[] | undefined>
>;

/** What the command line knows beyond one command. */
export interface Shell {
  readonly commands: () => Promise<readonly CommandSpec[]>;
}

/** Runs the command and answers its exit code. */
export type RunCommand = (
  args: readonly string[],
  options: OptionValues,
  shell: Shell,
) => Promise<number>;

export interface Command extends CommandSpec {
  readonly run: RunCommand;
}
