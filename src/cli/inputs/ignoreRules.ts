// The rules of one .gitignore, read by the library that most JavaScript tools read them with.
import ignore from "ignore";

/** Of a path relative to the file's folder (a folder's ends with `/`): left out, kept on purpose, or nothing said. */
export type IgnoreRules = (path: string) => "ignored" | "kept" | undefined;

export function ignoreRules(text: string): IgnoreRules {
  const rules = ignore().add(text);
  return (path) => {
    const { ignored, unignored } = rules.test(path);
    if (ignored) return "ignored";
    return unignored ? "kept" : undefined;
  };
}
