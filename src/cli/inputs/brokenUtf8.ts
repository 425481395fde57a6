// Bytes that are no UTF-8: read all the same, so that one broken document does not hide the others of its file.

export interface BrokenByte {
  /** In the decoded text. */
  readonly offset: number;
  /** In the words of go-yaml's reader. */
  readonly message: string;
}

export interface DecodedText {
  readonly text: string;
  readonly broken: readonly BrokenByte[];
}

/** A byte that is no UTF-8 becomes the lone surrogate U+DC80…U+DCFF, which no YAML may hold. */
const ESCAPE = 0xdc00;

/** @see go.yaml.in/yaml v2.4.4 readerc.go yaml_parser_update_buffer */
export function decodeBroken(bytes: Buffer): DecodedText {
  const broken: BrokenByte[] = [];
  let text = "";
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const width = sequenceAt(bytes, at);
    if (typeof width === "number") {
      at += width;
      continue;
    }
    text += bytes.toString("utf8", from, at);
    if (broken.length < REMEMBERED) broken.push({ offset: text.length, message: width });
    text += String.fromCharCode(ESCAPE + (bytes[at] ?? 0));
    at += 1;
    from = at;
  }
  text += bytes.toString("utf8", from);
  return { text, broken };
}

/** The bytes of a text, also of one that was read from broken ones: they are as they were. */
export function bytesOf(text: string): Buffer {
  const parts = text.split(/([\udc80-\udcff])/u);
  if (parts.length === 1) return Buffer.from(text);
  return Buffer.concat(
    parts.map((part) => {
      const code = part.length === 1 ? part.charCodeAt(0) : 0;
      return code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff
        ? Buffer.of(code - ESCAPE)
        : Buffer.from(part);
    }),
  );
}

/** Each document ends with the first of its own. */
const REMEMBERED = 10_000;
const LEADING = "invalid leading UTF-8 octet";

/** The width of the character there, or what is wrong with it. */
function sequenceAt(bytes: Buffer, at: number): number | string {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const width = widthOf(lead);
  if (width === 0) return LEADING;
  if (at + width > bytes.length) return "incomplete UTF-8 octet sequence";
  let value = lead & (0x7f >> width);
  for (let octet = 1; octet < width; octet += 1) {
    const next = bytes[at + octet] ?? 0;
    if ((next & 0xc0) !== 0x80) return "invalid trailing UTF-8 octet";
    value = (value << 6) | (next & 0x3f);
  }
  if (value < (LEAST[width] ?? 0)) return "invalid length of a UTF-8 sequence";
  const isNoCharacter = (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff;
  return isNoCharacter ? "invalid Unicode character" : width;
}

/** The least character that needs so many octets. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];

function widthOf(lead: number): number {
  if ((lead & 0xe0) === 0xc0) return 2;
  if ((lead & 0xf0) === 0xe0) return 3;
  return (lead & 0xf8) === 0xf0 ? 4 : 0;
}
