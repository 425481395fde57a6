// A setting's value in few words.
import { writeJson } from "../core/rules/json.ts";

/** `none` for nothing; lists by commas; capabilities without their prefix; objects as `key value`. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "string") return value === "" ? '""' : value;
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return listText(field, value);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  if (entries.length === 0) return "{}";
  const type = entries.find(([key]) => key === "type" || key === "profile_type");
  if (type !== undefined) {
    return [type, ...entries.filter((entry) => entry !== type)]
      .map(([, part]) => String(part))
      .join(" ");
  }
  return entries.map(([key, part]) => `${key} ${valueText(field, part)}`).join("; ");
}

function listText(field: string, list: readonly unknown[]): string {
  if (list.length === 0) return "none";
  if (list.every((item) => typeof item === "string" && item.startsWith("CAP_"))) {
    const names = list.map((item) => String(item).slice(4));
    return `${names.length}: ${names.join(" ")}`;
  }
  if (list.every((item) => typeof item === "object" && item !== null)) {
    return list.map((item) => objectText(field, item as object)).join(", ");
  }
  return list.map((item) => (typeof item === "object" ? writeJson(item) : String(item))).join(" ");
}

function objectText(field: string, item: object): string {
  const { name, value } = item as { name?: unknown; value?: unknown };
  return name !== undefined && value !== undefined ? `${name}=${value}` : valueText(field, item);
}
