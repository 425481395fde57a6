// What was said of a workload with stand-ins → what is said of the one that they stand for.
import { STAND_IN } from "./names.ts";

/** By the number in the stand-in. */
type Actual = readonly string[];
type Restore = (actual: Actual) => unknown;

/** Values without a stand-in are shared by all answers. */
export function restorerOf<Answer>(answer: Answer): (actual: Actual) => Answer {
  const restore = restoring(answer);
  return restore === undefined ? () => answer : (restore as (actual: Actual) => Answer);
}

function restoring(value: unknown): Restore | undefined {
  if (typeof value === "string") return restoringText(value);
  if (typeof value !== "object" || value === null) return undefined;
  return Array.isArray(value) ? restoringList(value) : restoringMembers(value);
}

function restoringText(text: string): Restore | undefined {
  // Texts and numbers of stand-ins in turn.
  const parts = text.split(STAND_IN);
  if (parts.length === 1) return undefined;
  const numbers = parts.map(Number);
  return (actual) => {
    let whole = parts[0] ?? "";
    for (let at = 1; at < parts.length; at += 2) {
      whole += (actual[numbers[at] ?? 0] ?? "") + (parts[at + 1] ?? "");
    }
    return whole;
  };
}

function restoringList(list: readonly unknown[]): Restore | undefined {
  const items = list.map(restoring);
  if (items.every((item) => item === undefined)) return undefined;
  return (actual) => list.map((value, index) => items[index]?.(actual) ?? value);
}

function restoringMembers(object: object): Restore | undefined {
  const members: [string, Restore][] = [];
  for (const [name, value] of Object.entries(object)) {
    const restore = restoring(value);
    if (restore !== undefined) members.push([name, restore]);
  }
  if (members.length === 0) return undefined;
  return (actual) => {
    const copy: Record<string, unknown> = { ...object };
    for (const [name, restore] of members) copy[name] = restore(actual);
    return copy;
  };
}
