// A disk that is full, broken or read-only, in one sentence: for errors that no program of the chain words.
import { statfsSync } from "node:fs";
import { EngineError } from "./errors.ts";

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: "no space left on device",
  EDQUOT: "disk quota exceeded",
  EROFS: "read-only file system",
  EIO: "input/output error",
};

/** `write /var/lib/secctx/x: no space left on device`; undefined for another error. */
export function diskErrorText(error: unknown): string | undefined {
  const { code = "", syscall = "write", path } = error as NodeJS.ErrnoException;
  const words = WORDS[code];
  if (words === undefined) return undefined;
  return path === undefined ? `${syscall}: ${words}` : `${syscall} ${path}: ${words}`;
}

/** The disk's error as one that is shown as a sentence; any other as it is. */
export function asEngineError(error: unknown): unknown {
  const text = error instanceof Error ? diskErrorText(error) : undefined;
  return text === undefined ? error : new EngineError(text);
}

/** What keeps a program from writing below `folder`; undefined when it has room there. */
export function diskFault(folder: string): string | undefined {
  try {
    const { bavail, ffree, files } = statfsSync(folder);
    const isFull = bavail === 0 || (files > 0 && ffree === 0);
    return isFull ? `write ${folder}: ${WORDS["ENOSPC"]}` : undefined;
  } catch {
    return undefined;
  }
}
