// Files below the kubelet's seccomp folder, as a program that opens them by their path finds them.
import type { World } from "../model/world.ts";

export type NodeFile =
  | { readonly content: string }
  /** The world does not tell which profiles the node has. */
  | "unknown"
  | "missing"
  | "directory";

/** `path` is absolute; the world names profiles by their path below `<kubeletRoot>/seccomp`. */
export function nodeSeccompFile(path: string, { node }: World): NodeFile {
  const files = node.seccompProfiles;
  if (files === undefined) return "unknown";
  const root = `${node.kubeletRoot}/seccomp/`;
  const below = `${path}/`.startsWith(root) ? path.slice(root.length) : path;
  const content = Object.hasOwn(files, below) ? files[below] : undefined;
  if (content !== undefined) return { content };
  const folder = below === "" ? "" : `${below}/`;
  return Object.keys(files).some((name) => name.startsWith(folder)) ? "directory" : "missing";
}
