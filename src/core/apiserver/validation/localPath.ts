// Paths that must stay below the place they are relative to.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateLocalDescendingPath
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, invalid } from "../fieldError.ts";
import type { Path } from "../path.ts";

export function validateLocalDescendingPath(errors: FieldErrors, path: Path, target: string): void {
  if (target.startsWith("/")) invalid(errors, path, goQuote(target), "must be a relative path");
  validatePathNoBacksteps(errors, path, target);
}

export function validatePathNoBacksteps(errors: FieldErrors, path: Path, target: string): void {
  if (hasBackstep(target)) invalid(errors, path, goQuote(target), "must not contain '..'");
}

export function hasBackstep(target: string): boolean {
  return target.includes("..") && target.split("/").includes("..");
}
