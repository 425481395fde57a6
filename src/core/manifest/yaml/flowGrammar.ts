// The next item of `[…]` or `{…}`.
import {
  addEmpty,
  closeCollection,
  FLOW,
  type Frame,
  next,
  openCollection,
  type Parser,
  parseNode,
} from "./parser.ts";
import { peekToken } from "./scanner.ts";
import { parserError, type Token, type TokenType } from "./scannerState.ts";
import { skipToken } from "./tokenQueue.ts";

/** @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_flow_sequence_entry */
export function stepFlowSequence(parser: Parser, frame: Frame): void {
  const token = nextEntry(parser, frame, "flowSequenceEnd", "]");
  if (token === undefined) return;
  if (token.type !== "key") {
    parseNode(parser, FLOW);
    return;
  }
  openCollection(parser, "flowPair", { mark: token.start, start: token.start, end: token.end });
  skipToken(parser.scanner);
}

/** `[a: b]`, a mapping of one pair. @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_flow_sequence_entry_mapping_key */
export function stepFlowPair(parser: Parser, frame: Frame): void {
  const token = peekToken(parser.scanner);
  if (frame.expects === "end") {
    closeCollection(parser, frame.children.at(-1)?.end);
    return;
  }
  if (frame.expects === "value") {
    frame.expects = "end";
    parseFlowValue(parser, token, "flowSequenceEnd");
    return;
  }
  frame.expects = "value";
  if (token.type !== "value" && !endsEntry(token.type, "flowSequenceEnd")) {
    parseNode(parser, FLOW);
    return;
  }
  // Upstream takes the token that ends the empty key, be it `]` itself; kept.
  skipToken(parser.scanner);
  addEmpty(parser, token.end);
}

/** @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_flow_mapping_key */
export function stepFlowMapping(parser: Parser, frame: Frame): void {
  if (frame.expects === "value") {
    frame.expects = "key";
    parseFlowValue(parser, peekToken(parser.scanner), "flowMappingEnd");
    return;
  }
  if (frame.expects === "lonelyKey") {
    frame.expects = "key";
    addEmpty(parser, endOfLast(frame), peekToken(parser.scanner).start);
    return;
  }
  const token = nextEntry(parser, frame, "flowMappingEnd", "}");
  if (token === undefined) return;
  if (token.type !== "key") {
    frame.expects = "lonelyKey";
    parseNode(parser, FLOW);
    return;
  }
  frame.expects = "value";
  const { type } = next(parser);
  if (type === "value" || endsEntry(type, "flowMappingEnd")) addEmpty(parser, token.end);
  else parseNode(parser, FLOW);
}

/** The token that begins the next entry; at the end closes the collection. */
function nextEntry(
  parser: Parser,
  frame: Frame,
  end: TokenType,
  bracket: string,
): Token | undefined {
  const first = frame.expects === "first";
  if (first) skipToken(parser.scanner);
  frame.expects = "key";
  let token = peekToken(parser.scanner);
  if (!first && token.type !== end) {
    if (token.type !== "flowEntry") {
      throw parserError(parser.scanner, `did not find expected ',' or '${bracket}'`, token);
    }
    token = next(parser);
  }
  if (token.type !== end) return token;
  skipToken(parser.scanner);
  closeCollection(parser, token.end);
  return undefined;
}

/** @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_flow_mapping_value */
function parseFlowValue(parser: Parser, colon: Token, end: TokenType): void {
  if (colon.type === "value" && !endsEntry(next(parser).type, end)) {
    parseNode(parser, FLOW);
    return;
  }
  const frame = parser.frames.at(-1);
  const behind = colon.type === "value" || frame === undefined ? colon.end : endOfLast(frame);
  addEmpty(parser, behind, peekToken(parser.scanner).start);
}

function endOfLast(frame: Frame): number {
  return frame.children.at(-1)?.end ?? frame.node.end;
}

function endsEntry(type: TokenType, end: TokenType): boolean {
  return type === "flowEntry" || type === end;
}
