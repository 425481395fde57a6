// A setting's value in few words.
import { writeJson } from "../core/rules/json.ts";
import { CAPABILITIES } from "../core/tables/capabilities.ts";

/** `none` for nothing; lists by commas; capabilities without their prefix; objects as `key value`. */
export function valueText(field: string, value: unknown): string {
  if (value === null && (field === "runAsGroup" || field === "supplementalGroups"))
    return "not known";
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
  // As written: `CAP_NET_ADMIN` is another name than `NET_ADMIN` to some of the programs.
  return entries
    .map(([key, part]) => `${key} ${Array.isArray(part) ? part.join(" ") : valueText(field, part)}`)
    .join("; ");
}

function listText(field: string, list: readonly unknown[]): string {
  if (list.length === 0) return "none";
  if (list.every((item) => typeof item === "string" && item.startsWith("CAP_"))) {
    return capabilitiesText(list.map(String));
  }
  if (list.every((item) => typeof item === "object" && item !== null)) {
    return list.map((item) => objectText(field, item as object)).join(", ");
  }
  return list.map((item) => (typeof item === "object" ? writeJson(item) : String(item))).join(" ");
}

/** `14: CHOWN KILL …`, or what lacks when that is shorter: `40: all but SYS_RESOURCE`. */
function capabilitiesText(names: readonly string[]): string {
  const missing = CAPABILITIES.filter((name) => !names.includes(name));
  if (missing.length === 0) return `${names.length}: all`;
  if (missing.length < 5) return `${names.length}: all but ${missing.map(bare).join(" ")}`;
  return `${names.length}: ${names.map(bare).join(" ")}`;
}

function bare(name: string): string {
  return name.replace(/^CAP_/, "");
}

function objectText(field: string, item: object): string {
  const { name, value } = item as { name?: unknown; value?: unknown };
  return name !== undefined && value !== undefined ? `${name}=${value}` : valueText(field, item);
}
