// Whether a rule of a seccomp profile names a system call: asked a dozen times per container, mostly of the same few long lists.

/** A set for each list that many profiles share. */
const SHARED: WeakMap<readonly string[], ReadonlySet<string>> = new WeakMap();

/** Shorter lists are searched faster than their set is found. */
const LONG = 32;

/** `names` is a table's: from now on nobody changes it. */
export function shareNames(names: readonly string[]): void {
  if (names.length >= LONG) SHARED.set(names, new Set(names));
}

/** A rule without names (null) names nothing. */
export function isNamed(name: string, names: readonly string[] | null | undefined): boolean {
  if (names === null || names === undefined) return false;
  const shared = names.length < LONG ? undefined : SHARED.get(names);
  return shared === undefined ? names.includes(name) : shared.has(name);
}
