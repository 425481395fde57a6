// The names of devices that a container claims: those of its pod.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateResourceClaimNames
import type { JsonObject } from "../../model/json.ts";
import type { PodSpec } from "../../model/pod.ts";
import { compareGoStrings } from "../../rules/goText.ts";
import { duplicate, type FieldErrors, invalidText, notFound, required } from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import { objectsOf, textOf } from "./members.ts";
import { isDns1123Label } from "./names.ts";

export function validateClaimNames(
  errors: FieldErrors,
  path: Path,
  claims: readonly JsonObject[],
  spec: PodSpec,
): void {
  const known = new Set<string>();
  for (const claim of objectsOf(spec as unknown as JsonObject, "resourceClaims")) {
    if (textOf(claim, "name") !== "") known.add(textOf(claim, "name"));
  }
  const names = new Set<string>();
  claims.forEach((claim, index) => {
    const at = indexed(path, index);
    const name = textOf(claim, "name");
    if (name === "") {
      required(errors, at);
      return;
    }
    if (names.has(name)) duplicate(errors, at, name);
    else names.add(validatedClaimKey(errors, at, claim, names));
    if (known.has(name)) return;
    const listed = [...known].sort(compareGoStrings).join(", ");
    const rest = known.size === 0 ? " which is empty" : `: ${listed}`;
    notFound(errors, at, name, `must be one of the names in pod.spec.resourceClaims${rest}`);
  });
}

function validatedClaimKey(
  errors: FieldErrors,
  path: Path,
  claim: JsonObject,
  names: ReadonlySet<string>,
): string {
  const name = textOf(claim, "name");
  const request = textOf(claim, "request");
  if (request === "") {
    for (const key of names) if (key.startsWith(`${name}/`)) duplicate(errors, path, name);
    return name;
  }
  invalidText(errors, child(path, "request"), request, isDns1123Label(request));
  const key = `${name}/${request}`;
  if (names.has(key)) duplicate(errors, path, key);
  return key;
}
