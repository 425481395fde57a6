// On standard error: what a command was given and could not read or did not look at.
import type { ManifestError } from "../core/manifest/manifest.ts";
import { row } from "../report/columns.ts";
import { manifestErrorText } from "../report/manifestError.ts";
import { unreadText } from "../report/restText.ts";
import type { OptionValues } from "./command.ts";
import { styleOf } from "./options.ts";
import { terminalWidth } from "./terminalWidth.ts";

export interface Rest {
  readonly errors: readonly ManifestError[];
  /** Sentences about what was not looked at; empty ones are left out. */
  readonly skipped: readonly string[];
  /** The sentence about what was looked at. */
  readonly first?: string;
}

/** With `--quiet` the errors alone. */
export function tellLeftOut({ errors, skipped, first = "" }: Rest, options: OptionValues): void {
  const style = styleOf(options, process.stderr);
  for (const error of errors) process.stderr.write(manifestErrorText(error, style));
  if (options["quiet"] === true) return;
  const width = terminalWidth(process.stderr);
  const lines = [
    { text: first },
    ...skipped.map((text) => ({ text, paint: style.dim })),
    { text: unreadText(errors), paint: style.red },
  ];
  for (const cell of lines.filter(({ text }) => text !== "")) {
    process.stderr.write(`${row([cell], [{ width }], "").join("\n")}\n`);
  }
}
