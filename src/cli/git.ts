// Calls git: what it wrote, or its own words as an error of use.
import { spawnSync } from "node:child_process";
import { UsageError } from "./errors.ts";

const LISTED_BYTES = 256 * 1024 * 1024;

export interface GitInput {
  readonly input?: string;
  readonly maxBuffer?: number;
}

/** @throws UsageError with git's own words */
export function git(words: readonly string[], options: GitInput = {}): Buffer {
  const answer = askGit(words, options);
  if ("refusal" in answer) throw new UsageError(`git ${words[0]}: ${answer.refusal}`);
  return answer.stdout;
}

export function gitText(words: readonly string[]): string {
  return git(words).toString("utf8");
}

/** For who has more to say than git. @throws UsageError where there is no git */
export function askGit(
  words: readonly string[],
  options: GitInput = {},
): { readonly stdout: Buffer } | { readonly refusal: string } {
  const { status, stdout, stderr, error } = spawnSync("git", words, {
    maxBuffer: LISTED_BYTES,
    ...options,
  });
  if (error !== undefined) throw new UsageError(`git: ${error.message}`);
  return status === 0 ? { stdout } : { refusal: stderr.toString("utf8").trim() };
}
