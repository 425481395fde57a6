// `$(NAME)` in commands, arguments and environment values, as the kubelet expands it.

/**
 * Unknown names stay as they are, `$$` is a dollar sign.
 * @see kubernetes v1.37.2 third_party/forked/golang/expansion/expand.go Expand
 */
export function expand(text: string, lookup: (name: string) => string | undefined): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole: string, name: string | undefined) => {
    if (name === undefined) return whole === "$$" ? "$" : whole;
    return lookup(name) ?? whole;
  });
}
