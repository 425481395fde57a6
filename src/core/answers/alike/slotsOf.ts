// A manifest → the slots in its text: every value that has a stand-in, and where it stands.
import type { YamlNode } from "../../manifest/yaml/node.ts";
import type { Free, FreeFields } from "./fields.ts";
import { fits, hasStandIn, type Slot, type SlotKind } from "./slots.ts";
import { isReadAnnotation, OFFICIAL_ANNOTATION } from "./withStandIns.ts";

/** Offsets in the document's text, of what stands between the quotes. */
export interface PlacedSlot extends Slot {
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
    collect(root, fields, { text, rules, slots });
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

function collect(node: YamlNode, free: Free, into: Collecting): void {
  // What an anchor names may stand elsewhere, too.
  if (node.kind === "alias" || node.mark !== node.start) throw new Unknown();
  if (typeof free !== "string") {
    if (Array.isArray(free)) each(node, free[1], into);
    else fieldsOf(node, free as FreeFields, into);
    return;
  }
  switch (free) {
    case "ports":
      if (!into.rules.keepsPorts) for (const port of node.children) ofPort(port, into);
      break;
    case "annotations":
      annotations(node, into);
      break;
    case "selector":
      selector(node, into);
      break;
    case "id":
      if (!into.rules.keepsIds) scalar(node, free, into);
      break;
    default:
      scalar(node, free, into);
  }
}

function ofPort(port: YamlNode, into: Collecting): void {
  if (port.kind === "alias" || port.mark !== port.start) throw new Unknown();
  const members = membersOf(port);
  // A port of the node's is no other port's equal.
  if (members.some(([name]) => name === "hostPort")) return;
  for (const [name, value] of members) if (name === "containerPort") scalar(value, "port", into);
}

function each(node: YamlNode, free: Free, into: Collecting): void {
  const step = node.kind === "mapping" ? 2 : 1;
  for (let index = step - 1; index < node.children.length; index += step) {
    const child = node.children[index];
    if (child !== undefined) collect(child, free, into);
  }
}

function fieldsOf(node: YamlNode, fields: FreeFields, into: Collecting): void {
  for (const [name, value] of membersOf(node)) {
    const free = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (free !== undefined) collect(value, free, into);
  }
}

/** @throws Unknown where other mappings are merged into it */
function membersOf(node: YamlNode): [name: string, value: YamlNode][] {
  if (node.kind !== "mapping") return [];
  const members: [string, YamlNode][] = [];
  for (let index = 0; index + 1 < node.children.length; index += 2) {
    const [key, value] = [node.children[index], node.children[index + 1]];
    if (key === undefined || value === undefined) continue;
    if (key.kind !== "scalar" || key.text === "<<") throw new Unknown();
    members.push([key.text, value]);
  }
  return members;
}

function annotations(node: YamlNode, into: Collecting): void {
  for (const [name, value] of membersOf(node)) {
    if (isReadAnnotation(name)) throw new Unknown();
    if (!OFFICIAL_ANNOTATION.test(name)) collect(value, "text", into);
  }
}

function selector(node: YamlNode, into: Collecting): void {
  const members = membersOf(node);
  if (members.some(([name]) => name === "matchExpressions")) throw new Unknown();
  const labels = members.find(([name]) => name === "matchLabels");
  each(labels === undefined ? node : labels[1], "label", into);
}

function scalar(node: YamlNode, kind: SlotKind, into: Collecting): void {
  if (node.kind !== "scalar") return;
  const slot = slotAt(node, kind, into);
  if (slot !== undefined) into.slots.push(slot);
  else if (hasStandIn(kind, node.text)) throw new Unknown();
}

function slotAt(node: YamlNode, kind: SlotKind, { text }: Collecting): PlacedSlot | undefined {
  if (node.tag !== "" || node.mark !== node.start) return undefined;
  const first = text.charAt(node.start);
  const quote = first === "'" || first === '"' ? first : "";
  const start = node.start + quote.length;
  const end = node.end - quote.length;
  if (text.charAt(node.end) !== "\n" || text.slice(start, end) !== node.text) return undefined;
  const slot = { kind, quote } as const;
  return fits(slot, node.text) ? { ...slot, start, end } : undefined;
}
