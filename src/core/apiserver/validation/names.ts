// The forms of names as the older of the server's two sets of checks words them.
// @see apimachinery v0.37.2 pkg/util/validation/validation.go
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { isDNS1123Label, isDNS1123Subdomain, regexError } from "../../rules/names.ts";
import { type FieldErrors, invalid, invalidText, required } from "../fieldError.ts";
import type { Path } from "../path.ts";

const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const IS_HTTP_PATH = new RegExp(`^${HTTP_PATH}$`);

/** The name of a container or volume. */
export function isDns1123Label(name: string): string[] {
  return isDNS1123Label(name, "characters");
}

export function isDns1123Subdomain(name: string): string[] {
  return isDNS1123Subdomain(name, "characters");
}

/** The name of a container's port. */
export function isValidPortName(name: string): string[] {
  const problems: string[] = [];
  if (utf8Length(name) > 15) problems.push("must be no more than 15 characters");
  if (!/^[-a-z0-9]+$/.test(name)) {
    problems.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  }
  if (!/[a-z]/.test(name)) problems.push("must contain at least one letter (a-z)");
  if (name.includes("--")) problems.push("must not contain consecutive hyphens");
  if (name.startsWith("-") || name.endsWith("-"))
    problems.push("must not begin or end with a hyphen");
  return problems;
}

/** `acme.io/foo`. */
export function isDomainPrefixedPath(errors: FieldErrors, path: Path, value: string): void {
  if (value === "") {
    required(errors, path);
    return;
  }
  const slash = value.indexOf("/");
  const host = value.slice(0, slash);
  const rest = value.slice(slash + 1);
  if (slash <= 0 || rest === "") {
    const detail = 'must be a domain-prefixed path (such as "acme.io/foo")';
    invalid(errors, path, goQuote(value), detail);
    return;
  }
  invalidText(errors, path, host, isDns1123Subdomain(host));
  if (IS_HTTP_PATH.test(rest)) return;
  invalid(errors, path, goQuote(rest), regexError("Invalid path", HTTP_PATH, []));
}
