// Scalars without quotes.
import { foldBlanks } from "./blanks.ts";
import { COLON, COMMA, HASH, isBlank, isBlankOrEnd, isBreak, QUESTION } from "./characters.ts";
import { atDocumentIndicator, column, type Scanner } from "./scannerState.ts";
import { pushScalar } from "./tokenQueue.ts";

/** @see go.yaml.in/yaml v2.4.4 scannerc.go yaml_parser_scan_plain_scalar */
export function scanPlainScalar(scanner: Scanner): void {
  const { text, pos: start } = scanner;
  const indent = scanner.indent + 1;
  const inFlow = scanner.flowLevel > 0;
  let value = "";
  let end = start;
  let blanks = "";
  let brokeLine = false;
  while (text.charCodeAt(scanner.pos) !== HASH && !atDocumentIndicator(scanner)) {
    const from = scanner.pos;
    const runEnd = endOfRun(text, from, inFlow);
    if (runEnd > from) {
      end = runEnd;
      value = from === start ? text.slice(from, end) : value + blanks + text.slice(from, end);
      scanner.pos = end;
      blanks = "";
      brokeLine = false;
    }
    const code = text.charCodeAt(scanner.pos);
    if (!isBlank(code) && !isBreak(code)) break;
    blanks = foldBlanks(scanner, { indent });
    brokeLine = scanner.brokeLine;
    if (!inFlow && column(scanner) < indent) break;
  }
  if (brokeLine) scanner.keyAllowed = true;
  pushScalar(scanner, { start, end, value, plain: true });
}

/** Where the text stops that holds no white space and nothing that ends a plain scalar. */
function endOfRun(text: string, from: number, inFlow: boolean): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isBlankOrEnd(code)) return at;
    if (code === COLON && isBlankOrEnd(text.charCodeAt(at + 1))) return at;
    if (inFlow && endsInFlow(code)) return at;
    at += 1;
  }
}

function endsInFlow(code: number): boolean {
  // , ? [ ] { }
  return (
    code === COMMA ||
    code === QUESTION ||
    code === 0x5b ||
    code === 0x5d ||
    code === 0x7b ||
    code === 0x7d
  );
}
