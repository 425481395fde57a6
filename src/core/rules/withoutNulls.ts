// JSON as a Go program reads it into a struct: null is the same as absent.

/** `value` without any key whose value is null; of a list the nulls stay. What holds no null is shared, not copied. */
export function withoutNulls<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  return (Array.isArray(value) ? withoutNullsInList(value) : withoutNullKeys(value)) as T;
}

function withoutNullsInList(list: readonly unknown[]): readonly unknown[] {
  let kept: unknown[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index];
    if (typeof item !== "object" || item === null) continue;
    const one = withoutNulls(item);
    if (one === item) continue;
    kept ??= [...list];
    kept[index] = one;
  }
  return kept ?? list;
}

function withoutNullKeys(object: object): object {
  let kept: Record<string, unknown> | undefined;
  for (const key in object) {
    const item = (object as Record<string, unknown>)[key];
    if (typeof item !== "object") continue;
    const one = item === null ? null : withoutNulls(item);
    if (one === item && one !== null) continue;
    kept ??= { ...object };
    if (one === null) delete kept[key];
    else kept[key] = one;
  }
  return kept ?? object;
}
