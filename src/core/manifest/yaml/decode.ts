// Nodes → JSON values, as go-yaml decodes them and Kubernetes' conversion turns them into JSON; a collection when its last item has been read.
import { isJsonObject, type JsonValue } from "../../model/json.ts";
import { spend, spendAlias } from "./budget.ts";
import type { Decoder } from "./decoder.ts";
import { noteMergedKeys, noteRepeatedKey } from "./duplicates.ts";
import { goSyntax } from "./goSyntax.ts";
import { type KeyFlaw, keyOf } from "./keys.ts";
import type { YamlNode } from "./node.ts";
import { MERGE_TAG, resolveScalar, TagMismatch } from "./resolve.ts";
import { YamlError, yamlError } from "./yamlError.ts";

export function decodeScalar(decoder: Decoder, node: YamlNode): void {
  if (decoder.failure !== undefined) return;
  node.size = node.text.length + 3;
  try {
    spend(decoder, node.start);
    node.json = resolveScalar(node.tag, node.text, node.implicit);
  } catch (error) {
    decoder.failure = failureOf(error, node);
  }
  if (typeof node.json === "number" && !Number.isFinite(node.json)) decoder.infinite = node;
}

export function decodeAlias(decoder: Decoder, node: YamlNode, target: YamlNode): void {
  if (decoder.failure !== undefined) return;
  try {
    if (target.open) throw yamlError(`anchor '${node.text}' value contains itself`, node.start);
    spendAlias(decoder, target, node.start);
  } catch (error) {
    decoder.failure = failureOf(error, node);
  }
  node.json = target.json;
  node.operations = 1 + target.operations;
  node.size = target.size;
}

/** `parents`: the collections around it, the outermost first. */
export function decodeCollection(
  decoder: Decoder,
  node: YamlNode,
  parents: readonly { readonly node: YamlNode }[],
): void {
  if (decoder.failure !== undefined) return;
  try {
    spend(decoder, node.start);
    if (node.kind === "mapping") decodeMapping(decoder, node, parents);
    else node.json = node.children.map((child) => child.json);
  } catch (error) {
    decoder.failure = failureOf(error, node);
  }
  for (const child of node.children) {
    node.operations += child.operations;
    node.size += child.size;
  }
}

function failureOf(error: unknown, node: YamlNode): YamlError {
  if (error instanceof YamlError) return error;
  if (error instanceof TagMismatch) return yamlError(error.message, node.start);
  throw error;
}

type Members = Record<string, JsonValue>;

/** The last of equal keys wins, merged or not. @see go.yaml.in/yaml v2.4.4 decode.go mapping */
function decodeMapping(
  decoder: Decoder,
  node: YamlNode,
  parents: readonly { readonly node: YamlNode }[],
): void {
  const members: Members = {};
  node.json = members;
  const { children } = node;
  for (let index = 0; index + 1 < children.length; index += 2) {
    const key = children[index];
    const value = children[index + 1];
    if (key === undefined || value === undefined) return;
    if (isMerge(key)) {
      uncountMerge(decoder, node, value);
      for (const map of mergedMaps(value)) {
        noteMergedKeys(decoder, { node, parents, index }, map, members);
        mergeInto(decoder, members, map);
      }
      continue;
    }
    if (typeof key.json === "object" && key.json !== null) {
      throw yamlError(`invalid map key: ${goSyntax(key.json)}`, key.start);
    }
    const name = keyOf(key);
    if (typeof name !== "string") decoder.flaws.set(members, keyError(name, key, value));
    else {
      if (Object.hasOwn(members, name)) noteRepeatedKey(decoder, { node, parents, index });
      setMember(members, name, value.json);
    }
  }
}

/** go-yaml decodes neither a `<<` nor the list behind it. */
function uncountMerge(decoder: Decoder, node: YamlNode, value: YamlNode): void {
  const uncounted = value.kind === "sequence" ? 2 : 1;
  decoder.operations -= uncounted;
  node.operations -= uncounted;
}

function mergeInto(decoder: Decoder, members: Members, map: YamlNode): void {
  if (!isJsonObject(map.json)) return;
  for (const [name, value] of Object.entries(map.json)) setMember(members, name, value);
  const flaw = decoder.flaws.get(map.json);
  if (flaw !== undefined) decoder.flaws.set(members, flaw);
}

function keyError({ flaw }: KeyFlaw, key: YamlNode, value: YamlNode): YamlError {
  return new YamlError(`${flaw}, value: ${goSyntax(value.json)}`, key.start);
}

function setMember(members: Members, name: string, value: JsonValue): void {
  if (name !== "__proto__") members[name] = value;
  else {
    const data = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(members, name, data);
  }
}

/** @see go.yaml.in/yaml v2.4.4 decode.go isMerge */
export function isMerge(key: YamlNode): boolean {
  return key.kind === "scalar" && key.text === "<<" && (key.implicit || key.tag === MERGE_TAG);
}

/**
 * The mappings that `<<` brings in, in the order in which they are laid over each other: of a list, the first last.
 * @throws YamlError
 * @see go.yaml.in/yaml v2.4.4 decode.go merge
 */
export function mergedMaps(value: YamlNode): readonly YamlNode[] {
  const items = value.kind === "sequence" ? value.children.toReversed() : [value];
  return items.map((item) => {
    const map = item.target ?? item;
    if (map.kind === "mapping") return map;
    const problem = "map merge requires map or sequence of maps as the value";
    throw yamlError(problem, item.start);
  });
}

/**
 * What the whole document comes to.
 * @throws YamlError
 */
export function finishDecoding(decoder: Decoder, root: YamlNode): void {
  if (decoder.failure !== undefined) throw decoder.failure;
  if (decoder.infinite === undefined && decoder.flaws.size === 0) return;
  const seen = new Set<JsonValue>();
  const waiting: JsonValue[] = [root.json];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    const flaw = decoder.flaws.get(value);
    if (flaw !== undefined) throw flaw;
    if (typeof value === "number" && !Number.isFinite(value)) {
      const name = Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
      throw new YamlError(`json: unsupported value: ${name}`, decoder.infinite?.start ?? 0);
    }
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const item of Object.values(value)) waiting.push(item);
  }
}
