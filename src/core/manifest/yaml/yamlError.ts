// Why a text is no YAML document that Kubernetes reads.

/** `message` is go-yaml's, with its line; `problem` is the same without it. */
export class YamlError extends Error {
  readonly problem: string;
  /** UTF-16 units from the start of the document's text. */
  readonly offset: number;

  constructor(problem: string, offset: number, message: string = problem) {
    super(message);
    this.problem = problem;
    this.offset = offset;
  }
}

/** An error that go-yaml names no line for. */
export function yamlError(problem: string, offset: number): YamlError {
  return new YamlError(`yaml: ${problem}`, offset);
}

/** `line` as go-yaml prints it; 0 for none. */
export function yamlErrorAt(problem: string, offset: number, line: number): YamlError {
  const where = line === 0 ? "" : `line ${line}: `;
  return new YamlError(`yaml: ${problem}`, offset, `yaml: ${where}${problem}`);
}
