// The forms of names that Kubernetes knows, each with the texts that say what is wrong.
// @see apimachinery v0.37.2 pkg/util/validation/validation.go, pkg/api/validate/content
import { utf8Length } from "../../rules/goStrings.ts";

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

const IS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const IS_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const IS_KEY = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const KEY_TEXT =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** A DNS label: the name of a container or volume. */
export function isDns1123Label(name: string): string[] {
  const problems: string[] = [];
  if (name.length <= 63 && IS_LABEL.test(name)) return problems;
  if (utf8Length(name) > 63) problems.push("must be no more than 63 characters");
  if (IS_LABEL.test(name)) return problems;
  if (IS_SUBDOMAIN.test(name)) problems.push("must not contain dots");
  else problems.push(regexError(LABEL_TEXT, LABEL, ["my-name", "123-abc"]));
  return problems;
}

/** A DNS subdomain. The server has the check twice, with `characters` or `bytes` in the text. */
export function isDns1123Subdomain(
  name: string,
  unit: "characters" | "bytes" = "characters",
): string[] {
  const problems: string[] = [];
  if (utf8Length(name) > 253) problems.push(`must be no more than 253 ${unit}`);
  if (!IS_SUBDOMAIN.test(name))
    problems.push(regexError(SUBDOMAIN_TEXT, SUBDOMAIN, ["example.com"]));
  return problems;
}

/** The key of a label or annotation: a name, perhaps behind a DNS subdomain and a slash. */
export function isQualifiedName(key: string): string[] {
  const parts = key.split("/");
  if (parts.length > 2) {
    const text = regexError(KEY_TEXT, KEY, ["MyName", "my.name", "123-abc"]);
    return [
      `a valid label key ${text} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const problems: string[] = [];
  const [prefix = "", name = prefix] = parts;
  if (parts.length === 2) {
    if (prefix === "") problems.push("prefix part must be non-empty");
    else problems.push(...isDns1123Subdomain(prefix, "bytes").map((text) => `prefix part ${text}`));
  }
  if (name === "") problems.push("name part must be non-empty");
  else if (utf8Length(name) > 63) problems.push("name part must be no more than 63 bytes");
  if (!IS_KEY.test(name)) {
    problems.push(`name part ${regexError(KEY_TEXT, KEY, ["MyName", "my.name", "123-abc"])}`);
  }
  return problems;
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

export function regexError(text: string, pattern: string, examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(" or ");
  return `${text} (e.g. ${shown}regex used for validation is '${pattern}')`;
}
