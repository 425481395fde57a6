// The claims to devices that a pod has.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validatePodResourceClaims
import type { JsonObject } from "../../model/json.ts";
import type { ObjectMeta } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidText,
  required,
} from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import { textOf } from "./members.ts";
import { isDns1123Label, isDns1123Subdomain } from "./names.ts";

const MIRROR_POD_ANNOTATION = "kubernetes.io/config.mirror";
const KINDS = ["resourceClaimName", "resourceClaimTemplateName"] as const;

/** `metadata` of a Pod itself; a template's is not looked at. */
export function validatePodResourceClaims(
  errors: FieldErrors,
  path: Path,
  claims: readonly JsonObject[],
  metadata: ObjectMeta | undefined,
): void {
  const names = new Set<string>();
  claims.forEach((claim, index) => {
    if (metadata?.annotations?.[MIRROR_POD_ANNOTATION] !== undefined) {
      const nowhere = { parent: undefined, step: "spec", shown: "[]" };
      forbidden(errors, nowhere, "static pods do not support resource claims");
      return;
    }
    const at = indexed(path, index);
    const name = textOf(claim, "name");
    if (name === "") required(errors, child(at, "name"));
    else if (names.has(name)) duplicate(errors, child(at, "name"), name);
    else {
      invalidText(errors, child(at, "name"), name, isDns1123Label(name));
      names.add(name);
    }
    validateSource(errors, at, claim);
  });
}

function validateSource(errors: FieldErrors, path: Path, claim: JsonObject): void {
  const given = KINDS.filter((kind) => claim[kind] !== undefined);
  if (given.length > 1) {
    const detail =
      "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified";
    invalid(errors, path, claimJson(claim), detail);
  }
  if (given.length === 0) {
    const detail = "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`";
    invalid(errors, path, claimJson(claim), detail);
  }
  for (const kind of given) {
    const name = textOf(claim, kind);
    invalidText(errors, child(path, kind), name, isDns1123Subdomain(name));
  }
}

/** Go's JSON of the server's internal type. */
function claimJson(claim: JsonObject): string {
  const members = [["Name", "name"]].concat(
    [["ResourceClaimName", "resourceClaimName"]],
    [["ResourceClaimTemplateName", "resourceClaimTemplateName"]],
  );
  const shown = members.map(([go = "", json = ""]) => {
    const value = claim[json];
    const text = typeof value === "string" ? goJsonString(value) : json === "name" ? '""' : "null";
    return `${goJsonString(go)}:${text}`;
  });
  return `{${shown.join(",")}}`;
}
