// `$(NAME)` in commands, arguments, environment and subPathExpr, as the kubelet expands it.

/**
 * Replaces each `$(NAME)` by what `lookUp` says; `$$` is a dollar, and what is no reference stays as it is.
 * @see kubernetes v1.37.2 third_party/forked/golang/expansion/expand.go Expand
 */
export function expand(text: string, lookUp: (name: string) => string): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) =>
    name === undefined ? (whole === "$$" ? "$" : whole) : lookUp(name),
  );
}

/** For `expand`: an unknown name keeps its reference. */
export function fromVariables(
  variables: Readonly<Record<string, string>>,
): (name: string) => string {
  return (name) => (Object.hasOwn(variables, name) ? (variables[name] ?? "") : `$(${name})`);
}
