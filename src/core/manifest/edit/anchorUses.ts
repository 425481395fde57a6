// Who uses the anchors of a document: aliases in the place of values, and mappings that merge them.
import type { FieldPath } from "../../model/finding.ts";
import type { YamlNode } from "../yaml/node.ts";
import { entriesOf } from "./entries.ts";

export interface AnchorUses {
  /** Where the anchor stands; from the document's root, as all paths here. */
  readonly path: FieldPath;
  readonly anchor: string;
  /** Values, and mappings that merge it. */
  readonly users: readonly FieldPath[];
}

/** Those that something uses. */
export function anchorUses(root: YamlNode): AnchorUses[] {
  const users = new Map<YamlNode, { readonly anchor: string; readonly paths: FieldPath[] }>();
  const places = new Map<YamlNode, FieldPath>();
  function use({ target, text }: YamlNode, path: FieldPath): void {
    if (target === undefined) return;
    const known = users.get(target) ?? { anchor: text, paths: [] };
    known.paths.push(path);
    users.set(target, known);
  }
  const waiting: [YamlNode, FieldPath][] = [[root, []]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, path] = next;
    use(node, path);
    places.set(node, path);
    if (node.kind === "sequence") {
      for (const [index, child] of node.children.entries()) waiting.push([child, [...path, index]]);
    }
    if (node.kind !== "mapping") continue;
    for (const { name, value } of entriesOf(node)) {
      if (name !== undefined) waiting.push([value, [...path, name]]);
      else for (const map of value.kind === "sequence" ? value.children : [value]) use(map, path);
    }
  }
  return [...users].flatMap(([target, { anchor, paths }]) => {
    const path = places.get(target);
    return path === undefined ? [] : [{ path, anchor, users: paths }];
  });
}
