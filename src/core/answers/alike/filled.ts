// The object of a document whose form is known: the form's own with the values of the slots.
import type { FieldPath } from "../../model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import type { SlotKind } from "./slots.ts";

export type Fill = (values: readonly string[]) => JsonObject;

/** Where a slot is: its index; around it, what is copied. */
type Copied = Map<string | number, Copied | number>;

/** What holds no slot is shared by all of a form. */
export function fillerOf(
  object: JsonObject,
  slots: readonly { readonly kind: SlotKind; readonly path: FieldPath }[],
): Fill {
  const copied: Copied = new Map();
  for (const [index, { path }] of slots.entries()) {
    let around = copied;
    for (const step of path.slice(0, -1)) {
      const known = around.get(step);
      const next: Copied = known instanceof Map ? known : new Map();
      around.set(step, next);
      around = next;
    }
    around.set(path.at(-1) ?? "", index);
  }
  return (values) => {
    const read = (index: number): JsonValue => valueIn(slots[index]?.kind, values[index] ?? "");
    return fill(object, copied, read) as JsonObject;
  };
}

/** As YAML reads what fits into such a slot. */
export function valueIn(kind: SlotKind | undefined, text: string): string | number {
  return kind === "id" || kind === "port" || kind === "count" ? Number(text) : text;
}

function fill(
  value: JsonValue | undefined,
  copied: Copied,
  read: (index: number) => JsonValue,
): JsonValue {
  if (Array.isArray(value)) {
    const items = [...value];
    for (const [step, inside] of copied) {
      items[Number(step)] =
        typeof inside === "number" ? read(inside) : fill(value[Number(step)], inside, read);
    }
    return items;
  }
  if (!isJsonObject(value)) return value ?? null;
  const members: Record<string, JsonValue> = { ...value };
  for (const [step, inside] of copied) {
    members[step] = typeof inside === "number" ? read(inside) : fill(value[step], inside, read);
  }
  return members;
}
