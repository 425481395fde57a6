// What somebody who wrote an unknown field may have meant: a field of the same struct, or the security context that has it.
import { nearWord } from "../../rules/nearWord.ts";
import { type Struct, structOf, structType } from "./schema.ts";

const POD = structType("core.PodSecurityContext");
const CONTAINER = structType("core.SecurityContext");

/** A sentence in our own words; undefined where nothing is near. */
export function meant(key: string, { fields }: Struct): string | undefined {
  const near = nearWord(key, fields.keys());
  if (near !== undefined) return `did you mean ${near}?`;
  if (key === "securityContext") {
    return "securityContext stands in a pod's spec, beside containers, or in a container";
  }
  const pods = homeOf(key, structOf(POD));
  const containers = homeOf(key, structOf(CONTAINER));
  const name = pods ?? containers;
  if (name === undefined) return undefined;
  const whose =
    pods === undefined
      ? "a container"
      : containers === undefined
        ? "the pod"
        : "the pod or a container";
  return `${name} stands in the securityContext of ${whose}`;
}

function homeOf(key: string, { fields }: Struct): string | undefined {
  const lower = key.toLowerCase();
  for (const name of fields.keys()) if (name.toLowerCase() === lower) return name;
  return undefined;
}
