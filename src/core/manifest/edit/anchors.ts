// A path through aliases and merges → the path of the place where its value is really written.
import type { FieldPath } from "../../model/finding.ts";
import type { FieldChange } from "../../rules/changes.ts";
import { keyOf } from "../yaml/keys.ts";
import type { YamlNode } from "../yaml/node.ts";
import { entriesOf, sayerOf } from "./entries.ts";

export type OwnPaths = ReadonlyMap<YamlNode, FieldPath>;

/** Where everything stands that an alias stands for. */
export function anchoredPaths(root: YamlNode): OwnPaths {
  const targets = new Set<YamlNode>();
  const paths = new Map<YamlNode, FieldPath>();
  const all = [root];
  for (let node = all.pop(); node !== undefined; node = all.pop()) {
    if (node.target !== undefined) targets.add(node.target);
    for (const child of node.children) all.push(child);
  }
  if (targets.size === 0) return paths;
  const waiting: { readonly node: YamlNode; readonly path: FieldPath }[] = [
    { node: root, path: [] },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, path } = next;
    if (targets.has(node)) paths.set(node, path);
    for (const [index, child] of node.children.entries()) {
      if (node.kind === "sequence") waiting.push({ node: child, path: [...path, index] });
      else if (index % 2 === 1) {
        const key = node.children[index - 1];
        if (key !== undefined) waiting.push({ node: child, path: [...path, String(keyOf(key))] });
      }
    }
  }
  return paths;
}

/** The changes made where their values are written: those of several users of an anchor come to the same place. */
export function atAnchors(
  root: YamlNode,
  changes: readonly FieldChange[],
  paths: OwnPaths,
): FieldChange[] {
  return changes.map(({ path, to }) => ({ path: ownPath(root, path, paths), to }));
}

function ownPath(root: YamlNode, path: FieldPath, paths: OwnPaths): FieldPath {
  let node: YamlNode | undefined = root;
  let own: FieldPath = [];
  for (const step of path) {
    if (node?.target !== undefined) {
      own = paths.get(node.target) ?? own;
      node = node.target;
    }
    if (node?.kind === "mapping") {
      for (;;) {
        const entries = entriesOf(node);
        const sayer = sayerOf(entries, String(step));
        if (sayer.by === "merge" && paths.has(sayer.map)) {
          own = paths.get(sayer.map) ?? own;
          node = sayer.map;
          continue;
        }
        node = sayer.by === "entry" ? entries[sayer.index]?.value : undefined;
        break;
      }
    } else node = typeof step === "number" ? node?.children[step] : undefined;
    own = [...own, step];
  }
  return own;
}
