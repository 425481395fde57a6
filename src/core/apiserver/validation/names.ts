// The forms of names as the older of the server's two sets of checks words them.
// @see apimachinery v0.37.2 pkg/util/validation/validation.go
import { utf8Length } from "../../rules/goStrings.ts";
import { isDNS1123Label, isDNS1123Subdomain } from "../../rules/names.ts";

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
