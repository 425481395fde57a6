// What a person may have meant by a text that is no YAML or JSON: comments of another language, a tab as indentation.
import type { TextError } from "./read.ts";

/** A line that begins as a comment of JavaScript does: no line of a manifest begins so. */
const FOREIGN_COMMENT = /^[ \t]*(?:\/\/|\/\*)/m;
/** Of go-yaml, where a tab stands for indentation. */
const TAB = /^yaml: found (?:character that cannot start any token|a tab character )/;

/** In our words, beside the program's; undefined where only those can be said. */
export function textHint(text: string, { message, offset }: TextError): string | undefined {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const rest = /[^\n]*/.exec(text.slice(offset, offset + SEEN))?.[0] ?? "";
  if (TAB.test(message) && (/^\t/.test(rest) || /^[ ]*\t/.test(text.slice(lineStart, offset)))) {
    return "YAML is indented with spaces, and here stands a tab";
  }
  const documentStart = Math.max(text.lastIndexOf("\n---", offset), 0);
  const before = text.slice(Math.max(documentStart, offset - SEEN), offset);
  if (!/^(?:\/\/|\/\*)/.test(rest) && !FOREIGN_COMMENT.test(before)) return undefined;
  return "JSON has no comments, and those of YAML, which Kubernetes reads as well, begin with #";
}

/** A comment further away has nothing to do with the error. */
const SEEN = 4_096;
