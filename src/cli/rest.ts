// On standard error: what a command was given and could not read or did not look at.
import type { SkippedDocument } from "../core/answers/checked.ts";
import type { ManifestError } from "../core/manifest/manifest.ts";
import { row } from "../report/columns.ts";
import { manifestErrorText } from "../report/manifestError.ts";
import { skippedText, unreadText } from "../report/restText.ts";
import type { OptionValues } from "./command.ts";
import { styleOf } from "./options.ts";
import { terminalWidth } from "./terminalWidth.ts";

export interface Rest {
  readonly errors: readonly ManifestError[];
  readonly skipped: readonly SkippedDocument[];
}

/** @param first the sentence about what was looked at; left out with `--quiet`, like all but the errors */
export function tellRest({ errors, skipped }: Rest, first: string, options: OptionValues): void {
  const style = styleOf(options, process.stderr);
  for (const error of errors) process.stderr.write(manifestErrorText(error, style));
  if (options["quiet"] === true) return;
  const width = terminalWidth(process.stderr);
  const lines = [
    { text: first },
    { text: skippedText(skipped), paint: style.dim },
    { text: unreadText(errors), paint: style.red },
  ];
  for (const cell of lines.filter(({ text }) => text !== "")) {
    process.stderr.write(`${row([cell], [{ width }], "").join("\n")}\n`);
  }
}
