// Errors that a person can do something about: shown as one sentence, never with a stack.

/** The command was called wrongly, or what it was told to read cannot be read: exit code 2. */
export class UsageError extends Error {}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "too many levels of symbolic links",
  ENAMETOOLONG: "file name too long",
};

/** Why a file cannot be read, in words for people. */
export function cannotRead(path: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return `cannot read ${path}: ${WORDS[code ?? ""] ?? message}`;
}
