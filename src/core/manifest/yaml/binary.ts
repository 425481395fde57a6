// `!!binary`: base64 to bytes to text, as Go decodes the one and writes the other into JSON.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES: ReadonlyMap<string, number> = new Map(
  Array.from(ALPHABET, (char, value) => [char, value]),
);
const REPLACEMENT = "\ufffd";

/** Nothing for text that is no base64 with its padding; line breaks in it are skipped. */
export function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/[\r\n]/g, "");
  if (compact.length % 4 !== 0) return undefined;
  const padding = compact.endsWith("==") ? 2 : compact.endsWith("=") ? 1 : 0;
  const length = compact.length - padding;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (let at = 0; at < length; at += 1) {
    const value = VALUES.get(compact.charAt(at));
    if (value === undefined) return undefined;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return decodeUtf8(bytes);
}

/** Every byte that begins no character becomes U+FFFD. */
function decodeUtf8(bytes: readonly number[]): string {
  const parts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    const width = widthOf(lead);
    const code = width === 1 ? lead : characterAt(bytes, at, width);
    parts.push(code === undefined || width === 0 ? REPLACEMENT : String.fromCodePoint(code));
    at += code === undefined || width === 0 ? 1 : width;
  }
  return parts.join("");
}

function widthOf(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

const LEAST = [0, 0, 0x80, 0x800, 0x10000] as const;

function characterAt(bytes: readonly number[], at: number, width: number): number | undefined {
  let code = (bytes[at] ?? 0) & (0xff >> (width + 1));
  for (let index = 1; index < width; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 0x3f);
  }
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  return code < (LEAST[width] ?? 0) || surrogate || code > 0x10ffff ? undefined : code;
}
