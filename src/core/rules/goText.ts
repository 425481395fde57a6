// How Go prints and orders text, which is how Kubernetes' messages do: strconv.Quote, and strings sorted by their bytes.

const NAMED: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};
const PLAIN = /^[ !#-[\]-~]*$/;
let printable: RegExp | undefined;

/** The tables behind the classes are looked up once, and not before a text needs them: that takes a millisecond. */
function isPrintable(rune: string): boolean {
  printable ??= /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
  return printable.test(rune);
}

/**
 * `%q` of a string: quotes around it, escapes for what cannot be printed.
 * @see go strconv/quote.go Quote
 */
export function goQuote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const rune of text) quoted += NAMED[rune] ?? (isPrintable(rune) ? rune : escaped(rune));
  return `${quoted}"`;
}

function escaped(rune: string): string {
  const code = rune.codePointAt(0) ?? 0;
  // A lone surrogate cannot be UTF-8: Go's JSON decoder has made U+FFFD of it.
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** Order of Go's strings, that is of their UTF-8 bytes: by code points, where JavaScript compares UTF-16 units. */
export function compareGoStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return byCodePoint(left) - byCodePoint(right);
  }
  return a.length - b.length;
}

/** A surrogate stands for a code point above every single unit. */
function byCodePoint(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Each text once, in Go's order: what sets.String.List gives. */
export function sortedSet(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(compareGoStrings);
}
