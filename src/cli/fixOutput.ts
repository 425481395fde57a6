// What `secctx fix` hands on: files with their edits made, the diff or the whole text, and what is said about them.
import type { FixedManifest } from "../core/answers/fix.ts";
import { writeJson } from "../core/rules/json.ts";
import { type FixTextOptions, fixText } from "../report/fixText.ts";
import { skippedText } from "../report/restText.ts";
import { unifiedDiff } from "../report/unifiedDiff.ts";
import type { OptionValues } from "./command.ts";
import { diffName } from "./diffName.ts";
import { UsageError } from "./errors.ts";
import { bytesOf } from "./inputs/brokenUtf8.ts";
import type { Input } from "./inputs.ts";
import { styleOf } from "./options.ts";
import { replaceFile } from "./replaceFile.ts";
import { tellLeftOut } from "./rest.ts";
import { terminalWidth } from "./terminalWidth.ts";

interface Printing extends Pick<FixTextOptions, "files" | "skipped"> {
  /** Of `writeFixed`. */
  readonly writeErrors: readonly string[];
  readonly options: OptionValues;
}

/** @returns what could not be written */
export function writeFixed(texts: readonly Input[], manifests: FixedManifest[]): string[] {
  const errors: string[] = [];
  for (const [index, { file, text }] of texts.entries()) {
    const fixed = manifests[index];
    if (fixed === undefined || fixed.edits.length === 0) continue;
    try {
      replaceFile(file, text, fixed.text);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      errors.push(error.message);
    }
  }
  return errors;
}

export function printFixed(
  texts: readonly Input[],
  manifests: readonly FixedManifest[],
  { options, files, skipped, writeErrors }: Printing,
): void {
  const written = options["write"] === true;
  const quiet = options["quiet"] === true;
  if (options["output"] === "json") {
    const shown = manifests.map(({ text, ...rest }) => rest);
    process.stdout.write(`${writeJson(shown.length === 1 ? shown[0] : shown, { indent: 2 })}\n`);
    const errors = manifests.flatMap((one) => one.errors);
    tellLeftOut({ errors, skipped: [skippedText(skipped)] }, options);
    return;
  }
  const style = styleOf(options, process.stdout);
  for (const [index, { file, text }] of texts.entries()) {
    const fixed = manifests[index];
    if (fixed === undefined) continue;
    const asDiff = options["diff"] === true || (!written && file !== "<stdin>");
    if (asDiff)
      process.stdout.write(
        bytesOf(unifiedDiff(diffName(file, process.cwd()), text, fixed.edits, style)),
      );
    else if (!written) process.stdout.write(bytesOf(fixed.text));
  }
  process.stderr.write(
    fixText(manifests, {
      style: styleOf(options, process.stderr),
      columns: terminalWidth(process.stderr),
      quiet,
      written,
      unwritten: writeErrors.length,
      files,
      skipped,
    }),
  );
}
