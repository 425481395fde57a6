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
    const rest = text.slice(at + 3, lineEnd).trim();
    const bad = rest !== "" && !rest.startsWith("#");
    if (bad) yield { message: `invalid Yaml document separator: ${rest}`, offset: at };
    else if (at > start) yield { start, end: at };
    // A separator that ends nothing is the first line of what follows.
    start = bad || at > start ? lineEnd : start;
    at = lineEnd;
  }
  if (start < text.length) yield { start, end: text.length };
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
