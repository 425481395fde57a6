// How Go writes a string as JSON: encoding/json.Marshal, which escapes what could end an HTML script.

const PLAIN = /^[ !#-%'-;=?-[\]-~]*$/;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/**
 * `text` as a Go JSON string; a lone surrogate becomes U+FFFD.
 * @example goJsonString("a<b") // "a\u003cb"
 */
export function goJsonString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let json = '"';
  for (const char of text) json += ESCAPES[char] ?? escapeRune(char);
  return `${json}"`;
}

function escapeRune(char: string): string {
  const rune = char.codePointAt(0) ?? 0;
  if (rune < 0x20) return `\\u${rune.toString(16).padStart(4, "0")}`;
  return rune >= 0xd800 && rune <= 0xdfff ? "\ufffd" : char;
}
