// What Map.groupBy does, which Node 20 lacks.

export type Group<T> = readonly [T, ...T[]];

/** Groups in the order of their first items, each in the order of `items`. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, Group<T>> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
