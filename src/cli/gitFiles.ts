// Manifests of a git revision, read by git itself: nothing is checked out, and no path leads out of the repository.
import { spawnSync } from "node:child_process";
import { UsageError } from "./errors.ts";
import type { Input } from "./inputs.ts";

const MANIFEST = /\.(ya?ml|json)$/i;
const MAX_BYTES = 32 * 1024 * 1024;
const MODE_OF_FILES = /^100/;

/**
 * The manifests of a revision below the paths (none: all), in git's order. Links and submodules are not followed.
 * @throws UsageError with git's own words
 */
export function gitInputs(revision: string, paths: readonly string[]): Input[] {
  const commit = git(["rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`]).trim();
  const listed = git(["ls-tree", "-r", "-z", commit, "--", ...paths]);
  const inputs: Input[] = [];
  for (const row of listed.split("\0")) {
    const match = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(row);
    const [, mode = "", blob = "", file = ""] = match ?? [];
    if (!MODE_OF_FILES.test(mode) || !(MANIFEST.test(file) || paths.includes(file))) continue;
    inputs.push({ file, text: git(["cat-file", "blob", blob]) });
  }
  return inputs;
}

function git(words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync("git", words, {
    encoding: "utf8",
    maxBuffer: MAX_BYTES,
  });
  if (error !== undefined) throw new UsageError(`git: ${error.message}`);
  if (status !== 0) throw new UsageError(`git ${words[0]}: ${stderr.trim()}`);
  return stdout;
}
