// What Kubernetes takes for a name or a label, and what it says about anything else.
import { utf8Length } from "./goStrings.ts";

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const LABEL_VALUE = `(${LABEL_KEY})?`;

const IS_LABEL = whole(LABEL);
const IS_SUBDOMAIN = whole(SUBDOMAIN);
const IS_LABEL_KEY = whole(LABEL_KEY);
const IS_LABEL_VALUE = whole(LABEL_VALUE);

const EMPTY = "must be non-empty";
/** A key that needs no closer look: nearly all. */
const COMMON_KEY = /^(?:[a-z0-9.]{1,100}\/)?[A-Za-z0-9](?:[-A-Za-z0-9._]{0,40}[A-Za-z0-9])?$/;
const DOTS = /(?:^|\/)\.|\.\.|\.\//;
const LABEL_KEY_RULE = regexError(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  LABEL_KEY,
  ["MyName", "my.name", "123-abc"],
);

/** The server has its checks twice; what a text may have of is in one of them `bytes`, in the other `characters`. */
export type Unit = "bytes" | "characters";

/**
 * Objections to a DNS label, such as the name of a namespace; none: it is one.
 * @see apimachinery v0.37.2 pkg/api/validate/content/dns.go IsDNS1123Label
 */
export function isDNS1123Label(value: string, unit: Unit = "bytes"): string[] {
  const objections = tooLong(value, 63, unit);
  if (IS_LABEL.test(value)) return objections;
  if (IS_SUBDOMAIN.test(value)) return [...objections, "must not contain dots"];
  const rule =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [...objections, regexError(rule, LABEL, ["my-name", "123-abc"])];
}

/** @see apimachinery v0.37.2 pkg/api/validate/content/dns.go IsDNS1123Subdomain */
export function isDNS1123Subdomain(value: string, unit: Unit = "bytes"): string[] {
  const objections = tooLong(value, 253, unit);
  if (IS_SUBDOMAIN.test(value)) return objections;
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return [...objections, regexError(rule, SUBDOMAIN, ["example.com"])];
}

/**
 * Objections to the key of a label or annotation, `prefix/name` or `name`; elsewhere this is called a qualified name.
 * @see apimachinery v0.37.2 pkg/api/validate/content/kube.go IsLabelKey
 */
export function isLabelKey(value: string): string[] {
  if (COMMON_KEY.test(value) && !DOTS.test(value)) return [];
  const [first = "", second, ...others] = value.split("/");
  if (others.length > 0) {
    return [
      `a valid label key ${LABEL_KEY_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = second ?? first;
  const ofName = name === "" ? [EMPTY] : tooLong(name, 63);
  if (!IS_LABEL_KEY.test(name)) ofName.push(LABEL_KEY_RULE);
  const ofPrefix = second === undefined ? [] : first === "" ? [EMPTY] : isDNS1123Subdomain(first);
  return [
    ...ofPrefix.map((objection) => `prefix part ${objection}`),
    ...ofName.map((objection) => `name part ${objection}`),
  ];
}

/** @see apimachinery v0.37.2 pkg/api/validate/content/kube.go IsLabelValue */
export function isLabelValue(value: string): string[] {
  const objections = tooLong(value, 63);
  if (IS_LABEL_VALUE.test(value)) return objections;
  const rule =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  return [...objections, regexError(rule, LABEL_VALUE, ["MyValue", "my_value", "12345"])];
}

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

function tooLong(value: string, limit: number, unit: Unit = "bytes"): string[] {
  // A UTF-16 unit is at most three bytes, so most need no exact count.
  const isLong = value.length * 3 > limit && utf8Length(value) > limit;
  return isLong ? [`must be no more than ${limit} ${unit}`] : [];
}

/** @see apimachinery v0.37.2 pkg/api/validate/content/errors.go RegexError */
export function regexError(rule: string, pattern: string, examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(" or ");
  return `${rule} (${shown === "" ? "" : `e.g. ${shown}`}regex used for validation is '${pattern}')`;
}
