// The range of a user or group id.
// @see apimachinery v0.37.2 pkg/util/validation/validation.go IsValidUserID, IsValidGroupID
import type { Int64 } from "../../model/json.ts";
import { type FieldErrors, invalid } from "../fieldError.ts";
import { child, type Path } from "../path.ts";

const MOST = 2147483647;

export function isValidId(id: Int64): boolean {
  return id >= 0 && id <= MOST;
}

export function validateId(errors: FieldErrors, path: Path, id: Int64): void {
  if (isValidId(id)) return;
  invalid(errors, path, String(id), `must be between 0 and ${MOST}, inclusive`);
}

export function validateIdField(
  errors: FieldErrors,
  context: Path,
  name: string,
  id: Int64 | undefined,
): void {
  if (id !== undefined && !isValidId(id)) validateId(errors, child(context, name), id);
}
