// The field of a pod that an unknown one can only have meant, where no other of the same struct is as near as a slip.
import type { FieldPath } from "../../model/finding.ts";
import { nearWord } from "../../rules/nearWord.ts";
import { type GoType, structOf, structType } from "./schema.ts";

/** @param path of the unknown field, relative to the pod */
export function meantField(path: FieldPath): string | undefined {
  const key = path.at(-1);
  const type = typeAt(path.slice(0, -1));
  if (typeof key !== "string" || type?.kind !== "struct") return undefined;
  const names = [...structOf(type).fields.keys()];
  const meant = nearWord(key, names);
  if (meant === undefined || meant === key) return undefined;
  const others = names.filter((name) => name !== meant);
  return nearWord(key, others) === undefined ? meant : undefined;
}

function typeAt(path: FieldPath): GoType | undefined {
  let type: GoType | undefined = structType("core.PodTemplateSpec");
  for (const step of path) {
    if (type === undefined) return undefined;
    type = type.kind === "struct" ? structOf(type).fields.get(String(step))?.type : type.element;
  }
  return type;
}
