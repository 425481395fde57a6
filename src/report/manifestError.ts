// A text that is no YAML or JSON, shown as a compiler shows it: place, sentence, excerpt with a caret, and what may help.
import type { ManifestError } from "../core/manifest/manifest.ts";
import { printable } from "./columns.ts";
import { excerptLines } from "./excerptLines.ts";
import type { Style } from "./style.ts";

/** Ends with a newline. */
export function manifestErrorText(error: ManifestError, style: Style): string {
  // Of a file that cannot be read at all, the sentence names it.
  if (error.excerpt === "") return `${style.red("error:")} ${printable(error.message)}\n`;
  const place = style.bold(`${printable(error.file)}:${error.line}:${error.column}:`);
  const excerpt = excerptLines(error.excerpt).map((line) => `  ${line}`);
  const hint =
    error.hint === undefined ? "" : `  ${style.green("hint")}  ${printable(error.hint)}\n`;
  return `${place} ${style.red("error:")} ${printable(error.message)}\n${style.dim(excerpt.join("\n"))}\n${hint}`;
}
