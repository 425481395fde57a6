// Changes by path, gathered into one tree: what is wanted of each value on the way.
import type { FieldPath } from "../../model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import { applyChanges, type FieldChange, withValue } from "../../rules/changes.ts";
import { sameJson } from "../../rules/sameJson.ts";

export type ChangeTree =
  | { readonly wants: "value"; readonly to: JsonValue }
  | { readonly wants: "nothing" }
  | { readonly wants: "members"; readonly members: ReadonlyMap<string | number, ChangeTree> };

type Members = Map<string | number, ChangeTree>;

/** The changes one after another, as `applyChanges` makes them. */
export function changeTree(changes: readonly FieldChange[]): ChangeTree {
  let tree: ChangeTree = { wants: "members", members: new Map() };
  for (const { path, to } of changes) tree = withChange(tree, path, to as JsonValue | undefined);
  return tree;
}

function withChange(tree: ChangeTree, path: FieldPath, to: JsonValue | undefined): ChangeTree {
  const [step, ...rest] = path;
  if (step === undefined) return to === undefined ? NOTHING : { wants: "value", to };
  if (tree.wants === "value") {
    return { wants: "value", to: withValue(tree.to, path, to) as JsonValue };
  }
  const members: Members = new Map(tree.wants === "members" ? tree.members : []);
  const inner = members.get(step) ?? { wants: "members", members: new Map() };
  members.set(step, withChange(inner, rest, to));
  return { wants: "members", members };
}

const NOTHING: ChangeTree = { wants: "nothing" };

/** What becomes of a value; undefined: it goes, or never was. */
export function resultOf(value: JsonValue | undefined, tree: ChangeTree): JsonValue | undefined {
  if (tree.wants === "value") return tree.to;
  if (tree.wants === "nothing") return undefined;
  return applyChanges({ value }, changesOf(tree, ["value"])).value;
}

function changesOf(tree: ChangeTree, path: FieldPath): FieldChange[] {
  if (tree.wants === "value") return [{ path, to: tree.to }];
  if (tree.wants === "nothing") return [{ path, to: undefined }];
  return [...tree.members].flatMap(([step, inner]) => changesOf(inner, [...path, step]));
}

/** The members that make one object of another. */
export function memberChanges(from: JsonObject, to: JsonObject): ReadonlyMap<string, ChangeTree> {
  const members = new Map<string, ChangeTree>();
  for (const name of Object.keys(from)) {
    if (!Object.hasOwn(to, name)) members.set(name, NOTHING);
  }
  for (const [name, value] of Object.entries(to)) {
    const old = Object.hasOwn(from, name) ? from[name] : undefined;
    if (!sameJson(old, value)) members.set(name, { wants: "value", to: value });
  }
  return members;
}

/** The members that are wanted of an object; undefined where it is to become something else. */
export function wantedMembers(
  value: JsonValue,
  tree: ChangeTree,
): ReadonlyMap<string | number, ChangeTree> | undefined {
  if (tree.wants === "members") return tree.members;
  if (tree.wants === "nothing" || !isJsonObject(value) || !isJsonObject(tree.to)) return undefined;
  return memberChanges(value, tree.to);
}
