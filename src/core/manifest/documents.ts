// A text → the pieces between its `---`, cut as Kubernetes' document reader cuts it: line by line, knowing nothing of YAML.
export interface Chunk {
  /** Offsets into the text; `end` stands behind the last line break. */
  readonly start: number;
  readonly end: number;
}

/** A line that begins with `---` and goes on with something else. */
export interface SeparatorError {
  readonly message: string;
  readonly offset: number;
}

/**
 * Yields every document, and every separator that is none (what stood before it is lost; upstream then reads no
 * further).
 * @see k8s.io/apimachinery v0.37.2 pkg/util/yaml/decoder.go YAMLReader.Read
 */
export function* splitDocuments(text: string, from = 0): Generator<Chunk | SeparatorError> {
  let start = from;
  for (let at = nextSeparator(text, from); at < text.length; at = nextSeparator(text, at)) {
    const lineEnd = endOfLine(text, at);
    const rest = firstAfterSpace(text, at + 3);
    const bad = rest < lineEnd && text[rest] !== "#";
    if (bad) yield separatorError(text.slice(rest, lineEnd), at);
    else if (at > start) yield { start, end: at };
    // A separator that ends nothing is the first line of what follows.
    start = bad || at > start ? lineEnd : start;
    at = lineEnd;
  }
  if (start < text.length) yield { start, end: text.length };
}

/** What Go calls white space, on one line. */
const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/y;

function firstAfterSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function separatorError(rest: string, offset: number): SeparatorError {
  return { message: `invalid Yaml document separator: ${rest.trimEnd()}`, offset };
}

/** The next line that begins with `---`, from a line's beginning on. */
function nextSeparator(text: string, from: number): number {
  if (text.startsWith("---", from)) return from;
  const found = text.indexOf("\n---", from);
  return found === -1 ? text.length : found + 1;
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf("\n", from);
  return found === -1 ? text.length : found + 1;
}

/** The document's text as YAML gets it: a last line without a break gets one. */
export function chunkText(text: string, { start, end }: Chunk): string {
  const chunk = text.slice(start, end);
  return chunk.endsWith("\n") ? chunk : `${chunk}\n`;
}
