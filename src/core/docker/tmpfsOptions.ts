// Options of a tmpfs: of two that contradict each other the later one stands.
// @see moby/sys/mount v0.3.4 flags_unix.go MergeTmpfsOptions; flags_linux.go
import { goQuote } from "../rules/goText.ts";

/** Words of one kind: a flag and its opposite, or a propagation. */
const KINDS: readonly (readonly string[])[] = [
  ["ro", "rw"],
  ["suid", "nosuid"],
  ["dev", "nodev"],
  ["exec", "noexec"],
  ["sync", "async"],
  ["dirsync"],
  ["remount"],
  ["mand", "nomand"],
  ["atime", "noatime"],
  ["diratime", "nodiratime"],
  ["relatime", "norelatime"],
  ["strictatime", "nostrictatime"],
  "bind rbind unbindable runbindable private rprivate shared rshared slave rslave".split(" "),
];
const KIND: ReadonlyMap<string, number> = new Map(
  KINDS.flatMap((words, index) => words.map((word) => [word, index] as const)),
);
const DATA: ReadonlySet<string> = new Set([
  "",
  "size",
  "mode",
  "uid",
  "gid",
  "nr_inodes",
  "nr_blocks",
  "mpol",
]);

export type OptionsOrError =
  | { readonly options: readonly string[]; readonly error?: undefined }
  | { readonly error: string };

/** `refusal`: what stands in front of the option that is none. */
export function mergeTmpfsOptions(options: readonly string[], refusal: string): OptionsOrError {
  const merged: string[] = [];
  const taken = new Set<number | string>();
  for (const option of [...options].reverse()) {
    if (option === "defaults") continue;
    const [key = "", value] = splitOnce(option);
    const kind = KIND.get(option) ?? (value !== undefined && DATA.has(key) ? key : undefined);
    if (kind === undefined) {
      const parts = value === undefined ? [key] : [key, value];
      return { error: `${refusal} [${parts.map(goQuote).join(" ")}]` };
    }
    if (!taken.has(kind)) merged.unshift(option);
    taken.add(kind);
  }
  return { options: merged };
}

function splitOnce(option: string): readonly [string, string?] {
  const at = option.indexOf("=");
  return at === -1 ? [option] : [option.slice(0, at), option.slice(at + 1)];
}
