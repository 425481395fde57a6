// What a command was given and did not look at: the same words in every command, so that nothing is skipped in silence.
import type { SkippedDocument } from "../core/answers/checked.ts";
import type { ManifestError } from "../core/manifest/manifest.ts";
import { type Group, groupBy } from "../core/rules/groupBy.ts";
import { count } from "./count.ts";

/**
 * `skipped: 3 documents, no workload (2 Service, 1 ConfigMap); 1 file, ignored by .gitignore`; empty for none.
 * @param where they were, of several places
 */
export function skippedText(skipped: readonly SkippedDocument[], where = ""): string {
  if (skipped.length === 0) return "";
  const groups = groupBy(skipped, ({ whole = "document", reason }) => `${whole}, ${reason}`);
  return `skipped${where === "" ? "" : ` ${where}`}: ${[...groups.values()].map(groupText).join("; ")}`;
}

/** Of two that are compared: what both leave out alike is told once. */
export function skippedByBoth(
  before: readonly SkippedDocument[],
  after: readonly SkippedDocument[],
): readonly string[] {
  if (skippedText(before) === skippedText(after)) return [skippedText(before, "on both sides")];
  return [skippedText(before, "before"), skippedText(after, "after")];
}

function groupText(group: Group<SkippedDocument>): string {
  const [{ whole = "document", reason }] = group;
  const kinds = tally(group.map(({ kind }) => kind).filter((kind) => kind !== ""));
  const named = [...kinds].map(([kind, number]) => `${number} ${kind}`);
  const which = named.length === 0 ? "" : ` (${named.join(", ")})`;
  return `${count(group.length, whole)}, ${reason}${which}`;
}

/** `Service 2`, `document 1`; of what is left out as a whole `file`. */
export function skippedName({ whole, kind, document }: SkippedDocument): string {
  return whole ?? `${kind === "" ? "document" : kind} ${document + 1}`;
}

/** `1 input and 2 documents could not be read, 1 object is refused`; empty for none. */
export function unreadText(errors: readonly ManifestError[]): string {
  const unread = errors.filter(({ isRefused }) => isRefused !== true);
  const refused = new Set(
    errors
      .filter(({ isRefused }) => isRefused === true)
      .map(
        ({ file, document, message }) => `${file}:${document}:${message.split(" is invalid")[0]}`,
      ),
  ).size;
  return [
    unreadInputs(unread),
    refused === 0 ? "" : `${count(refused, "object")} ${refused === 1 ? "is" : "are"} refused`,
  ]
    .filter((text) => text !== "")
    .join(", ");
}

function unreadInputs(errors: readonly ManifestError[]): string {
  if (errors.length === 0) return "";
  // Of a file or folder that cannot be read at all there is nothing to show.
  const inputs = errors.filter(({ excerpt }) => excerpt === "").length;
  const parts = [
    ...(inputs > 0 ? [count(inputs, "input")] : []),
    ...(errors.length > inputs ? [count(errors.length - inputs, "document")] : []),
  ];
  return `${parts.join(" and ")} could not be read`;
}

/** How often each word is there, in the order of their first. */
export function tally(words: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const word of words) numbers.set(word, (numbers.get(word) ?? 0) + 1);
  return numbers;
}
