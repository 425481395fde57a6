// Where a new key goes among those that are there: where people write it, or by the alphabet where all are sorted so.

/** As they are commonly written, from the identity to what is taken away. */
const SECURITY_CONTEXT = [
  "<<",
  "runAsNonRoot",
  "runAsUser",
  "runAsGroup",
  "supplementalGroups",
  "supplementalGroupsPolicy",
  "fsGroup",
  "fsGroupChangePolicy",
  "privileged",
  "allowPrivilegeEscalation",
  "readOnlyRootFilesystem",
  "procMount",
  "capabilities",
  "seccompProfile",
  "appArmorProfile",
  "seLinuxOptions",
  "seLinuxChangePolicy",
  "sysctls",
  "windowsOptions",
  "type",
  "localhostProfile",
  "add",
  "drop",
];
const CONTAINER_LISTS = ["initContainers", "containers", "ephemeralContainers"];
/** What a container begins with; its security context is read beside its image. */
const CONTAINER_HEAD = ["name", "image", "imagePullPolicy"];
/** Fewer may be sorted by chance. */
const SORTED = 4;

/** Entries in their common order; unknown ones keep theirs, at the end. */
export function ordered<T>(entries: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  return entries.toSorted((a, b) => rank(a[0]) - rank(b[0]));
}

function rank(name: string): number {
  const at = SECURITY_CONTEXT.indexOf(name);
  return at === -1 ? SECURITY_CONTEXT.length : at;
}

/** Before which of the `names` it goes; their number to go last. */
export function placeOf(name: string, names: readonly string[]): number {
  if (
    names.length >= SORTED &&
    names.every((one, at) => at === 0 || (names[at - 1] ?? "") <= one)
  ) {
    const next = names.findIndex((one) => one > name);
    return next === -1 ? names.length : next;
  }
  // A pod's context before the long list of its containers, a container's behind its image.
  const list = names.findIndex((one) => CONTAINER_LISTS.includes(one));
  if (list !== -1) return list;
  const head = names.findLastIndex((one) => CONTAINER_HEAD.includes(one));
  if (names.includes("name") && head !== -1) return head + 1;
  const before = names.findLastIndex(
    (one) => SECURITY_CONTEXT.includes(one) && rank(one) < rank(name),
  );
  if (before !== -1) return before + 1;
  const after = names.findIndex((one) => SECURITY_CONTEXT.includes(one));
  return after === -1 ? names.length : after;
}
