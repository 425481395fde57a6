// JSON as a Go program reads it into a struct: null is the same as absent.

/** A copy without any key whose value is null; of a list the nulls stay. */
export function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (typeof value !== "object" || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) {
    if (one !== null) kept[key] = withoutNulls(one);
  }
  return kept as T;
}
