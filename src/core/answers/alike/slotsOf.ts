// A manifest → the slots in its text: every value that has a stand-in, and where it stands.

import type { YamlNode } from "../../manifest/yaml/node.ts";
import type { FieldPath } from "../../model/finding.ts";
import type { Free, FreeFields } from "./fields.ts";
import { fits, hasStandIn, type Slot, type SlotKind } from "./slots.ts";
import { isReadAnnotation, OFFICIAL_ANNOTATION } from "./withStandIns.ts";

/** Offsets in the document's text, of what stands between the quotes. */
export interface PlacedSlot extends Slot {
  /** From the document's root. */
  readonly path: FieldPath;
  readonly start: number;
  readonly end: number;
}

export interface SlotRules {
  readonly keepsPorts: boolean;
  readonly keepsIds: boolean;
}

/** Of two texts with the same slots and the same text between them, what is known of one holds for the other or is unknown. */
class Unknown extends Error {}

/**
 * Undefined where a value has a stand-in and yet no slot: two texts could then differ there in what they call alike.
 */
export function slotsOf(
  root: YamlNode,
  text: string,
  fields: FreeFields,
  rules: SlotRules,
): PlacedSlot[] | undefined {
  try {
    const slots: PlacedSlot[] = [];
    collect({ node: root, path: [] }, fields, { text, rules, slots });
    return slots.sort((a, b) => a.start - b.start);
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

interface Collecting {
  readonly text: string;
  readonly rules: SlotRules;
  readonly slots: PlacedSlot[];
}

interface At {
  readonly node: YamlNode;
  readonly path: FieldPath;
}

function collect(at: At, free: Free, into: Collecting): void {
  const { node } = at;
  // What an anchor names may stand elsewhere, too.
  if (node.kind === "alias" || node.mark !== node.start) throw new Unknown();
  if (typeof free !== "string") {
    if (Array.isArray(free)) each(at, free[1], into);
    else fieldsOf(at, free as FreeFields, into);
    return;
  }
  switch (free) {
    case "ports":
      if (!into.rules.keepsPorts) for (const port of itemsOf(at)) ofPort(port, into);
      break;
    case "annotations":
      annotations(at, into);
      break;
    case "selector":
      selector(at, into);
      break;
    case "id":
      if (!into.rules.keepsIds) scalar(at, free, into);
      break;
    default:
      scalar(at, free, into);
  }
}

function ofPort(at: At, into: Collecting): void {
  const { kind, mark, start } = at.node;
  if (kind === "alias" || mark !== start) throw new Unknown();
  const members = membersOf(at);
  // A port of the node's is no other port's equal.
  if (members.some(([name]) => name === "hostPort")) return;
  for (const [name, value] of members) if (name === "containerPort") scalar(value, "port", into);
}

function each(at: At, free: Free, into: Collecting): void {
  const values = at.node.kind === "mapping" ? membersOf(at).map(([, value]) => value) : itemsOf(at);
  for (const value of values) collect(value, free, into);
}

function itemsOf({ node, path }: At): At[] {
  if (node.kind !== "sequence") return [];
  return node.children.map((item, index) => ({ node: item, path: [...path, index] }));
}

function fieldsOf(at: At, fields: FreeFields, into: Collecting): void {
  for (const [name, value] of membersOf(at)) {
    const free = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (free !== undefined) collect(value, free, into);
  }
}

/** @throws Unknown where other mappings are merged into it */
function membersOf({ node, path }: At): [name: string, value: At][] {
  if (node.kind !== "mapping") return [];
  const members: [string, At][] = [];
  for (let index = 0; index + 1 < node.children.length; index += 2) {
    const [key, value] = [node.children[index], node.children[index + 1]];
    if (key === undefined || value === undefined) continue;
    if (key.kind !== "scalar" || key.text === "<<") throw new Unknown();
    members.push([key.text, { node: value, path: [...path, key.text] }]);
  }
  return members;
}

function annotations(at: At, into: Collecting): void {
  for (const [name, value] of membersOf(at)) {
    if (isReadAnnotation(name)) throw new Unknown();
    if (!OFFICIAL_ANNOTATION.test(name)) collect(value, "text", into);
  }
}

function selector(at: At, into: Collecting): void {
  const members = membersOf(at);
  if (members.some(([name]) => name === "matchExpressions")) throw new Unknown();
  const labels = members.find(([name]) => name === "matchLabels");
  each(labels === undefined ? at : labels[1], "label", into);
}

function scalar(at: At, kind: SlotKind, into: Collecting): void {
  if (at.node.kind !== "scalar") return;
  const slot = slotAt(at, kind, into);
  if (slot !== undefined) into.slots.push(slot);
  else if (hasStandIn(kind, at.node.text)) throw new Unknown();
}

function slotAt({ node, path }: At, kind: SlotKind, { text }: Collecting): PlacedSlot | undefined {
  if (node.tag !== "" || node.mark !== node.start) return undefined;
  const first = text.charAt(node.start);
  const quote = first === "'" || first === '"' ? first : "";
  const start = node.start + quote.length;
  const end = node.end - quote.length;
  if (text.charAt(node.end) !== "\n" || text.slice(start, end) !== node.text) return undefined;
  const slot = { kind, quote } as const;
  return fits(slot, node.text) ? { ...slot, path, start, end } : undefined;
}
