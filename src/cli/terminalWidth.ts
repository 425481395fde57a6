// How many characters a line of a stream may have.

const USUAL = 80;

/** Of the terminal, else what COLUMNS says, else 80. */
export function terminalWidth(stream: NodeJS.WriteStream): number {
  return stream.columns || Number(process.env["COLUMNS"]) || USUAL;
}
