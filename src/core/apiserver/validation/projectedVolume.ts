// A projected volume: several sources in one folder, whose files may not lie over one another.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateProjectionSources
import type { JsonObject } from "../../model/json.ts";
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, forbidden, invalid, required } from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateIdField } from "./ids.ts";
import { intOf, objectOf, objectsOf, textOf } from "./members.ts";
import { validateClusterTrustBundle, validatePodCertificate } from "./projectedCertificates.ts";
import {
  validateDownwardApiFile,
  validateFileMode,
  validateKeyToPath,
  validateLocalNonReservedPath,
} from "./volumeFiles.ts";

const KINDS =
  "secret configMap downwardAPI serviceAccountToken clusterTrustBundle podCertificate".split(" ");
const SHORTEST_SECONDS = 600;
const LONGEST_SECONDS = 2 ** 32;

/** Notes a file; a second one of the same path is refused, with `shown` as what is wrong. */
export type TakePath = (file: string, shown: string) => void;

export function validateProjectedVolume(
  errors: FieldErrors,
  path: Path,
  projected: JsonObject,
): void {
  validateFileMode(errors, path, "defaultMode", projected);
  validateIdField(errors, path, "defaultUser", intOf(projected, "defaultUser"));
  const files = new Set<string>();
  const take: TakePath = (file, shown) => {
    if (files.has(file)) invalid(errors, path, goQuote(shown), "conflicting duplicate paths");
    files.add(file);
  };
  objectsOf(projected, "sources").forEach((source, index) => {
    const at = indexed(child(path, "sources"), index);
    validateFiles(errors, at, source, take);
    validateToken(errors, path, child(at, "serviceAccountToken"), source);
    validateClusterTrustBundle(errors, child(at, "clusterTrustBundle"), source, take);
    validatePodCertificate(errors, child(at, "podCertificate"), source, take);
    if (KINDS.filter((kind) => source[kind] !== undefined).length < 2) return;
    forbidden(errors, at, "may not specify more than 1 volume type per source");
  });
}

function validateFiles(errors: FieldErrors, path: Path, source: JsonObject, take: TakePath): void {
  for (const kind of ["secret", "configMap"]) {
    const projection = objectOf(source, kind);
    if (projection === undefined) continue;
    const name = textOf(projection, "name");
    if (name === "") required(errors, child(child(path, kind), "name"));
    objectsOf(projection, "items").forEach((item, index) => {
      validateKeyToPath(errors, indexed(child(child(path, kind), "items"), index), item);
      const file = textOf(item, "path");
      if (file !== "") take(file, name);
    });
  }
  const downwardApi = objectOf(source, "downwardAPI");
  if (downwardApi === undefined) return;
  for (const file of objectsOf(downwardApi, "items")) {
    validateDownwardApiFile(errors, child(path, "downwardAPI"), file);
    const name = textOf(file, "path");
    if (name !== "") take(name, name);
  }
}

/** What is wrong with the token's path stands at the volume. */
function validateToken(
  errors: FieldErrors,
  volumePath: Path,
  path: Path,
  source: JsonObject,
): void {
  const token = objectOf(source, "serviceAccountToken");
  if (token === undefined) return;
  const seconds = intOf(token, "expirationSeconds") ?? 3600;
  const secondsPath = child(path, "expirationSeconds");
  if (seconds < SHORTEST_SECONDS) {
    const detail = "may not specify a duration less than 10 minutes";
    invalid(errors, secondsPath, String(seconds), detail);
  }
  if (seconds > LONGEST_SECONDS) {
    const detail = "may not specify a duration larger than 2^32 seconds";
    invalid(errors, secondsPath, String(seconds), detail);
  }
  const file = textOf(token, "path");
  if (file === "") required(errors, child(volumePath, "path"));
  else validateLocalNonReservedPath(errors, child(volumePath, "path"), file);
  validateIdField(errors, path, "user", intOf(token, "user"));
}
