// Errors that a person can do something about: shown as one sentence, never with a stack.

/** The command was called wrongly, or what it was told to read cannot be read: exit code 2. */
export class UsageError extends Error {}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is no folder",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  ELOOP: "too many levels of symbolic links",
  ENAMETOOLONG: "file name too long",
};

/** Why a file cannot be read, in words for people. */
export function cannotRead(path: string, error: unknown): string {
  return `cannot read ${path}: ${reasonOf(error)}`;
}

/** Why a file cannot be written. */
export function cannotWrite(path: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return `cannot write ${path}: ${code === "ENOENT" ? "there is no such folder" : reasonOf(error)}`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return WORDS[code ?? ""] ?? message;
}
