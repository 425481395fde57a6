// What was said of a workload with stand-ins → what is said of the one that they stand for.
/** What the stand-ins stand for. */
export interface Actual {
  /** By the number in the stand-in. */
  readonly names: readonly string[];
  number(standIn: number): number;
}

/** Of a name, or a number. */
const STAND_IN = /zq(\d{3})z|(?<![\d.])(6[12]\d{3})(?![\d.])/;
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
  // In turn: a text, the number of a name, and a number; of the last two one is missing.
  const parts = text.split(STAND_IN);
  if (parts.length === 1) return undefined;
  return ({ names, number }) => {
    let whole = parts[0] ?? "";
    for (let at = 1; at < parts.length; at += 3) {
      const name = parts[at];
      whole += name === undefined ? number(Number(parts[at + 1])) : names[Number(name)];
      whole += parts[at + 2];
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
  const members = Object.entries(object).map(([name, value]) => {
    return { name, value, restore: restoring(value) };
  });
  if (members.every(({ restore }) => restore === undefined)) return undefined;
  return (actual) => {
    // A spread of objects of many shapes takes several times longer.
    const copy: Record<string, unknown> = {};
    for (const { name, value, restore } of members) {
      copy[name] = restore === undefined ? value : restore(actual);
    }
    return copy;
  };
}
