// The request's own parameter that says how strictly fields are looked at.
// @see apimachinery v0.37.2 pkg/apis/meta/v1/validation/validation.go ValidateFieldValidation
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, notSupported } from "../fieldError.ts";
import { child } from "../path.ts";

const DIRECTIVES: readonly string[] = ["", "Ignore", "Strict", "Warn"];

export function validateOptions(errors: FieldErrors, fieldValidation: string): void {
  if (DIRECTIVES.includes(fieldValidation)) return;
  const path = child(undefined, "fieldValidation");
  notSupported(errors, path, goQuote(fieldValidation), DIRECTIVES);
}
