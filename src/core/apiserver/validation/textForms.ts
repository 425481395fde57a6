// The forms of texts that are no names: keys of variables, of configuration, of HTTP headers.
// @see apimachinery v0.37.2 pkg/util/validation/validation.go

import { utf8Length } from "../../rules/goStrings.ts";
import { regexError } from "../../rules/names.ts";

const ENV = "[-._a-zA-Z][-._a-zA-Z0-9]*";
const CONFIG_KEY = "[-._a-zA-Z0-9]+";
const HEADER = "[-A-Za-z0-9]+";
const LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;

const IS_ENV = new RegExp(`^${ENV}$`);
const IS_CONFIG_KEY = new RegExp(`^${CONFIG_KEY}$`);
const IS_HEADER = new RegExp(`^${HEADER}$`);
const IS_SUBDOMAIN = new RegExp(`^${SUBDOMAIN}$`);
const IS_RELAXED_ENV = /^[ -<>-~]*$/;

export function isEnvVarName(name: string): string[] {
  const text =
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  const problems = IS_ENV.test(name)
    ? []
    : [regexError(text, ENV, ["my.env-name", "MY_ENV.NAME", "MyEnvName1"])];
  return problems.concat(hasChDirPrefix(name));
}

export function isRelaxedEnvVarName(name: string): string[] {
  if (name === "") return ["environment variable name must be non-empty"];
  if (IS_RELAXED_ENV.test(name)) return [];
  return [
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  ];
}

export function isConfigMapKey(key: string): string[] {
  const problems: string[] = [];
  if (utf8Length(key) > 253) problems.push("must be no more than 253 characters");
  if (!IS_CONFIG_KEY.test(key)) {
    const text = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    problems.push(regexError(text, CONFIG_KEY, ["key.name", "KEY_NAME", "key-name"]));
  }
  return problems.concat(hasChDirPrefix(key));
}

export function isHttpHeaderName(name: string): string[] {
  if (IS_HEADER.test(name)) return [];
  const text = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [regexError(text, HEADER, ["X-Header-Name"])];
}

export function isDns1123SubdomainWithUnderscore(name: string): string[] {
  const problems: string[] = [];
  if (utf8Length(name) > 253) problems.push("must be no more than 253 characters");
  if (!IS_SUBDOMAIN.test(name)) {
    const text =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
    problems.push(regexError(text, SUBDOMAIN, ["example.com"]));
  }
  return problems;
}

function hasChDirPrefix(text: string): string[] {
  if (text === ".") return ["must not be '.'"];
  if (text === "..") return ["must not be '..'"];
  return text.startsWith("..") ? ["must not start with '..'"] : [];
}
