// One node of the grammar: its anchor and tag, then a scalar, an alias, or a collection that is opened for its items to follow.
import { decodeAlias, decodeCollection, decodeScalar } from "./decode.ts";
import type { Decoder } from "./decoder.ts";
import { collectionNode, NO_CHILDREN, type Place, scalarNode, type YamlNode } from "./node.ts";
import { peekToken } from "./scanner.ts";
import { parserError, type Scanner, type Token, type TokenType } from "./scannerState.ts";
import { skipToken } from "./tokenQueue.ts";
import { YamlError, yamlError } from "./yamlError.ts";

export type FrameKind =
  | "blockSequence"
  | "indentlessSequence"
  | "blockMapping"
  | "flowSequence"
  | "flowMapping"
  | "flowPair";

/** A collection whose items are being read: a stack of our own, so that no nesting can overflow the real one. */
export interface Frame {
  readonly kind: FrameKind;
  readonly node: YamlNode;
  readonly children: YamlNode[];
  /** `lonelyKey`: a key of a flow mapping without `:`, whose value is null. */
  expects: "first" | "key" | "value" | "lonelyKey" | "end";
}

export interface Parser {
  readonly scanner: Scanner;
  readonly decoder: Decoder;
  readonly frames: Frame[];
  readonly anchors: Map<string, YamlNode>;
  /** Handle → prefix. */
  readonly tags: Map<string, string>;
  root: YamlNode | undefined;
}

export interface NodeContext {
  /** Block collections may stand here. */
  readonly block: boolean;
  /** A sequence may stand here whose dashes are not indented. */
  readonly indentless: boolean;
}

export const FLOW: NodeContext = { block: false, indentless: false };
export const BLOCK: NodeContext = { block: true, indentless: false };
export const BLOCK_OR_INDENTLESS: NodeContext = { block: true, indentless: true };

export function next(parser: Parser): Token {
  skipToken(parser.scanner);
  return peekToken(parser.scanner);
}

/** @param from where it begins, if before its own token: a key at its `?` @see go.yaml.in/yaml v2.4.4 parserc.go yaml_parser_parse_node */
export function parseNode(parser: Parser, context: NodeContext, from?: number): void {
  let token = peekToken(parser.scanner);
  if (token.type === "alias") {
    addAlias(parser, token);
    skipToken(parser.scanner);
    return;
  }
  const mark = from ?? token.start;
  let propertiesEnd = token.start;
  let anchor = "";
  let tagToken: Token | undefined;
  for (const wanted of propertyOrder(token.type)) {
    if (token.type !== wanted) continue;
    if (token.type === "anchor") anchor = token.value;
    else tagToken = token;
    propertiesEnd = token.end;
    token = next(parser);
  }
  const tag = tagToken === undefined ? "" : tagOf(parser, tagToken);
  if (token.type === "scalar") {
    const implicit = (tag === "" && token.plain) || tag === "!";
    addScalar(parser, { mark, start: token.start, end: token.end }, anchor, {
      text: token.value,
      tag,
      implicit,
    });
    skipToken(parser.scanner);
    return;
  }
  const kind = collectionKind(token.type, context);
  if (kind !== undefined) {
    openCollection(parser, kind, { mark, start: token.start, end: token.end }, tag, anchor);
    return;
  }
  if (tagToken === undefined && anchor === "") {
    throw parserError(parser.scanner, "did not find expected node content", token);
  }
  const place = { mark, start: propertiesEnd, end: propertiesEnd };
  addScalar(parser, place, anchor, { text: "", tag, implicit: tag === "" });
}

const ANCHOR_FIRST: readonly TokenType[] = ["anchor", "tag"];
const TAG_FIRST: readonly TokenType[] = ["tag", "anchor"];
const NEITHER: readonly TokenType[] = [];

function propertyOrder(type: TokenType): readonly TokenType[] {
  if (type === "anchor") return ANCHOR_FIRST;
  return type === "tag" ? TAG_FIRST : NEITHER;
}

function tagOf(parser: Parser, token: Token): string {
  if (token.value === "") return token.suffix;
  const tag = `${parser.tags.get(token.value) ?? ""}${token.suffix}`;
  if (parser.tags.has(token.value) && tag !== "") return tag;
  throw parserError(parser.scanner, "found undefined tag handle", token);
}

function collectionKind(type: TokenType, context: NodeContext): FrameKind | undefined {
  switch (type) {
    case "flowSequenceStart":
      return "flowSequence";
    case "flowMappingStart":
      return "flowMapping";
    case "blockEntry":
      return context.indentless ? "indentlessSequence" : undefined;
    case "blockSequenceStart":
      return context.block ? "blockSequence" : undefined;
    case "blockMappingStart":
      return context.block ? "blockMapping" : undefined;
    default:
      return undefined;
  }
}

interface ScalarContent {
  readonly text: string;
  readonly tag: string;
  readonly implicit: boolean;
}

function addScalar(parser: Parser, place: Place, anchor: string, content: ScalarContent): void {
  const node = scalarNode(place, content.text, content.tag, content.implicit);
  if (anchor !== "") parser.anchors.set(anchor, node);
  decodeScalar(parser.decoder, node);
  addNode(parser, node);
}

/** A value that is not written: null, right behind what calls for it; `mark` is where go-yaml sees it. */
export function addEmpty(parser: Parser, offset: number, mark: number = offset): void {
  addScalar(parser, { mark, start: offset, end: offset }, "", NOTHING);
}

const NOTHING: ScalarContent = { text: "", tag: "", implicit: true };

function addAlias(parser: Parser, token: Token): void {
  const target = parser.anchors.get(token.value);
  if (target === undefined) {
    throw yamlError(`unknown anchor '${token.value}' referenced`, token.start);
  }
  const node: YamlNode = {
    kind: "alias",
    mark: token.start,
    start: token.start,
    end: token.end,
    tag: "",
    text: token.value,
    implicit: false,
    children: NO_CHILDREN,
    target,
    open: false,
    json: null,
    operations: 1,
    size: 0,
  };
  decodeAlias(parser.decoder, node, target);
  addNode(parser, node);
}

export function openCollection(
  parser: Parser,
  kind: FrameKind,
  place: Place,
  tag = "",
  anchor = "",
): void {
  const { limits } = parser.decoder;
  if (parser.frames.length >= limits.depth) {
    throw new YamlError(`nested deeper than ${limits.depth} levels`, place.start);
  }
  const children: YamlNode[] = [];
  const mapping = kind === "blockMapping" || kind === "flowMapping" || kind === "flowPair";
  const node = collectionNode(mapping ? "mapping" : "sequence", place, children, tag);
  if (anchor !== "") parser.anchors.set(anchor, node);
  addNode(parser, node);
  parser.frames.push({ kind, node, children, expects: "first" });
}

/** `end` of a flow collection; a block ends with its last value. */
export function closeCollection(parser: Parser, end?: number): void {
  const frame = parser.frames.pop();
  if (frame === undefined) return;
  const { node } = frame;
  node.end = end ?? node.children.at(-1)?.end ?? node.end;
  node.open = false;
  decodeCollection(parser.decoder, node, parser.frames);
}

function addNode(parser: Parser, node: YamlNode): void {
  const { decoder } = parser;
  decoder.values += 1;
  if (decoder.values > decoder.limits.values) {
    throw new YamlError(`holds more than ${decoder.limits.values} values`, node.start);
  }
  const frame = parser.frames.at(-1);
  if (frame === undefined) parser.root = node;
  else frame.children.push(node);
}
