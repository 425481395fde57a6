// Misspelled members that go while the right ones come: only the keys are written anew, where they stand.
import type { JsonValue } from "../../model/json.ts";
import { nearWord } from "../../rules/nearWord.ts";
import { type Draft, splice } from "./draft.ts";
import type { Entry } from "./entries.ts";
import { scalarText } from "./render.ts";

/**
 * Takes out of both lists what is renamed. A comment beside the key stays: it speaks of the same thing.
 * @returns the entries with what their values are to be
 */
export function renamedKeys(
  draft: Draft,
  removed: Set<Entry>,
  added: [string, JsonValue][],
): [Entry, JsonValue][] {
  const renamed: [Entry, JsonValue][] = [];
  for (const entry of [...removed]) {
    const { name: old } = entry;
    const index =
      old === undefined ? -1 : added.findIndex(([name]) => nearWord(old, [name]) !== undefined);
    const [name, value] = added[index] ?? [];
    const quote = quoteOf(draft, entry);
    if (name === undefined || value === undefined || quote === undefined) continue;
    splice(draft, entry.key.start, entry.key.end, scalarText(name, draft.style, quote));
    removed.delete(entry);
    added.splice(index, 1);
    renamed.push([entry, value]);
  }
  return renamed;
}

/** "" without quotes; undefined for a key over several lines, or with an anchor or tag. */
function quoteOf({ text }: Draft, { key }: Entry): string | undefined {
  if (key.kind !== "scalar" || !/^(?:\?[ \t]+)?$/.test(text.slice(key.mark, key.start))) {
    return undefined;
  }
  const written = text.slice(key.start, key.end);
  if (written.includes("\n")) return undefined;
  return /^(["']).*\1$/.exec(written)?.[1] ?? "";
}
