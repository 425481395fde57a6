// Two ways in which Go measures text differently from JavaScript: length in UTF-8 bytes, and which runes are white space.

const ASCII = /^[\0-\x7f]*$/;

/** Go's `len(text)`: bytes in UTF-8; a lone surrogate counts as U+FFFD, three bytes. */
export function utf8Length(text: string): number {
  if (ASCII.test(text)) return text.length;
  let bytes = 0;
  for (const char of text) {
    const rune = char.codePointAt(0) ?? 0;
    bytes += rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Unicode's White_Space, as Go's unicode.IsSpace reads it; JavaScript's trim has U+FEFF but not U+0085. */
const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Go's `strings.TrimSpace`; from both ends, so that long white space inside costs nothing. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text.charAt(start))) start += 1;
  while (end > start && SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Go's `[]byte(text)`. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const rune = char.codePointAt(0) ?? 0;
    const valid = rune >= 0xd800 && rune <= 0xdfff ? 0xfffd : rune;
    if (valid < 0x80) bytes.push(valid);
    else if (valid < 0x800) bytes.push(0xc0 | (valid >> 6), tail(valid, 0));
    else if (valid < 0x10000) bytes.push(0xe0 | (valid >> 12), tail(valid, 6), tail(valid, 0));
    else bytes.push(0xf0 | (valid >> 18), tail(valid, 12), tail(valid, 6), tail(valid, 0));
  }
  return bytes;
}

function tail(rune: number, shift: number): number {
  return 0x80 | ((rune >> shift) & 0x3f);
}

/** Go's `text[:length]`, counted in bytes; what is left of a cut character reads as one U+FFFD per byte. */
export function utf8Head(text: string, length: number): string {
  let head = "";
  let left = length;
  for (const char of text) {
    const bytes = utf8Length(char);
    if (bytes > left) return head + "\ufffd".repeat(left);
    head += char;
    left -= bytes;
  }
  return head;
}
