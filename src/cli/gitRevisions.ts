// The two commits that `--git A..B` compares, or the one that the working tree is compared with, as git reads such words.
import { UsageError } from "./errors.ts";
import { askGit } from "./git.ts";

export interface Revision {
  /** As it was written. */
  readonly name: string;
  readonly commit: string;
}

/**
 * `A..B`; `A...B` begins where B left A; A alone is compared with the working tree, as `git diff A` does: without `to`.
 * @throws UsageError that names the revision which git does not find, with git's own words
 */
export function revisionsOf(told: string): { readonly from: Revision; readonly to?: Revision } {
  const [, first = "", dots, last = ""] = /^(.*?)(?:(\.{2,3})(.*))?$/s.exec(told) ?? [];
  const from = revisionOf(first, told);
  if (dots === undefined) return { from };
  const to = revisionOf(last, told);
  if (dots !== "...") return { from, to };
  const answer = askGit(["merge-base", from.commit, to.commit]);
  if ("refusal" in answer) {
    throw new UsageError(
      `--git ${told}: git merge-base finds no commit that both come from${itsWords(answer.refusal)}${shallowHint()}`,
    );
  }
  const commit = answer.stdout.toString("utf8").trim();
  return { from: { name: commit.slice(0, SHORT), commit }, to };
}

const SHORT = 12;

function revisionOf(word: string, told: string): Revision {
  const name = word === "" ? "HEAD" : word;
  const answer = askGit(["rev-parse", "--verify", "--end-of-options", `${name}^{commit}`]);
  if ("stdout" in answer) return { name, commit: answer.stdout.toString("utf8").trim() };
  throw new UsageError(
    `--git ${told}: git rev-parse finds no commit ${name}${itsWords(answer.refusal)}${shallowHint()}`,
  );
}

function itsWords(refusal: string): string {
  return refusal === "" ? "" : `: ${refusal}`;
}

/** A checkout of CI often has its newest commit alone. */
function shallowHint(): string {
  const answer = askGit(["rev-parse", "--is-shallow-repository"]);
  const isShallow = "stdout" in answer && answer.stdout.toString("utf8").trim() === "true";
  return isShallow
    ? "\nthis clone is shallow: git fetch --unshallow, or fetch-depth: 0 of actions/checkout, brings its history"
    : "";
}
