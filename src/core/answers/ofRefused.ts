// A risk speaks of a value that the API server takes: of one that it refused, the refusal has said all.
import { type FieldPath, type Finding, startsWith } from "../model/finding.ts";

/** Steps of a container's or volume's path in the pod: what stands deeper is a field of it. */
const ITEM = 3;

/**
 * Does the API server refuse the value at the risk's place, or a part of it, or the field that the risk misses?
 * @param refusals of the API server; all paths are from the document's root
 */
export function isOfRefused(
  { path, field, container }: Finding,
  refusals: readonly Finding[],
  podPath: FieldPath,
): boolean {
  const isField = path.length - podPath.length > ITEM;
  return refusals.some((refusal) => {
    if (isField && startsWith(refusal.path, path)) return true;
    const isOwn = refusal.container === undefined || refusal.container === container;
    return field !== undefined && isOwn && refusal.path.at(-1) === field;
  });
}
