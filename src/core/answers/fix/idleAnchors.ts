// Anchors that stand where no program reads them (`x-common: &sc`): what all of their users get alike, the anchor itself gets.
import { anchorUses } from "../../manifest/edit/anchorUses.ts";
import type { DocumentTree } from "../../manifest/sourceMap.ts";
import { type FieldPath, samePath, startsWith } from "../../model/finding.ts";
import type { FieldChange } from "../../rules/changes.ts";
import { sameJson } from "../../rules/sameJson.ts";
import type { Mended } from "./mended.ts";
import { fieldFindings } from "./refusals.ts";

/**
 * @param pods of one document
 * @param changes of all of them, from the document's root, as the answer's
 */
export function idleAnchorChanges(
  pods: readonly Mended[],
  { root }: DocumentTree,
  changes: readonly FieldChange[],
): FieldChange[] {
  return anchorUses(root)
    .filter(({ path }) => isIdle(path, pods))
    .flatMap(({ path, users }) => {
      const [first = [], ...others] = users.map((user) => inside(user, changes));
      return first
        .filter((change) => others.every((other) => other.some((one) => isSame(one, change))))
        .map((change) => ({ ...change, path: [...path, ...change.path] }));
    });
}

function inside(user: FieldPath, changes: readonly FieldChange[]): FieldChange[] {
  return changes
    .filter(({ path }) => startsWith(path, user))
    .map(({ path, to }) => ({ path: path.slice(user.length), to }));
}

function isSame(one: FieldChange, other: FieldChange): boolean {
  return samePath(one.path, other.path) && sameJson(one.to, other.to);
}

/** Members of a list's own that kubectl takes; items go to the API server one by one. */
const OF_LIST: ReadonlySet<string | number> = new Set(["apiVersion", "kind", "metadata", "items"]);

/** Does the API server drop what stands there, in every pod's world, or never see it? */
function isIdle(path: FieldPath, pods: readonly Mended[]): boolean {
  const [step] = path;
  if (step === undefined) return false;
  if (pods.every(({ document }) => document.objectPath.length > 0)) return !OF_LIST.has(step);
  return pods.every(({ document, world, others }) =>
    [world, ...others].every((one) =>
      fieldFindings(document, one).some(
        (found) => found.id === "apiserver.unknownField" && startsWith(path, found.path),
      ),
    ),
  );
}
