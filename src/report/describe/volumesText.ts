// The volumes of a pod in kubectl's descriptions: of each its kind in kubectl's words, and where it comes from.
import type { JsonObject } from "../../core/model/json.ts";
import { parseQuantity } from "../../core/rules/quantity.ts";
import { quantityText } from "../../core/rules/quantityText.ts";
import { claimText } from "./claimText.ts";
import { line, numberText, objectAt, objectsAt, textAt } from "./fields.ts";
import { LONGEST, labelsText } from "./maps.ts";
import { projectedText } from "./projectedText.ts";
import { SOURCES, type VolumeField } from "./volumeSources.ts";

const INDENT = "    ";

/** @see kubectl v0.37.2 pkg/describe/describe.go describeVolumes */
export function volumesText(spec: JsonObject): string {
  const volumes = objectsAt(spec, "volumes");
  if (volumes.length === 0) return "Volumes:\t<none>\n";
  const texts = volumes.map((volume) => line(1, `${textAt(volume, "name")}:`) + sourceText(volume));
  return `Volumes:\n${texts.join("")}`;
}

function sourceText(volume: JsonObject): string {
  for (const { kind, type, fields } of SOURCES) {
    const source = objectAt(volume, kind);
    if (source === undefined) continue;
    const rows = fields.map((field) => line(2, `${field[0]}\t${fieldText(source, field)}`));
    return line(2, `Type:\t${type}`) + rows.join("") + more(kind, source);
  }
  return line(1, "<unknown>");
}

function more(kind: string, source: JsonObject): string {
  if (kind === "projected") return objectsAt(source, "sources").map(projectedText).join("");
  if (kind === "downwardAPI") return itemsText(source);
  if (kind === "ephemeral") return claimText(objectAt(source, "volumeClaimTemplate"), INDENT);
  if (kind !== "csi") return "";
  const attributes = objectAt(source, "volumeAttributes") ?? {};
  if (Object.keys(attributes).length === 0) return line(2, "VolumeAttributes:\t<none>");
  return labelsText("VolumeAttributes", attributes, { indent: INDENT, most: LONGEST });
}

function fieldText(source: JsonObject, [, key, form]: VolumeField): string {
  const value = source[key];
  switch (form) {
    case "yes or no":
      return String(value === true);
    case "number":
      return numberText(source, key);
    case "or none":
      return value === undefined ? "<none>" : textAt(source, key);
    case "list":
      return `[${textsOf(value).join(" ")}]`;
    case "joined":
      return textsOf(value).join(", ");
    case "map":
      return `map[${Object.entries(objectAt(source, key) ?? {})
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, one]) => `${name}:${String(one)}`)
        .join(" ")}]`;
    case "reference": {
      const name = objectAt(source, key);
      return name === undefined ? "nil" : `&LocalObjectReference{Name:${textAt(name, "name")},}`;
    }
    case "size":
      return (parseQuantity(textAt(source, key)) ?? 0n) > 0n ? quantityText(value) : "<unset>";
    default:
      return textAt(source, key);
  }
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** @see kubectl v0.37.2 pkg/describe/describe.go printDownwardAPIVolumeSource */
function itemsText(source: JsonObject): string {
  const items = objectsAt(source, "items").flatMap((item) => {
    const field = objectAt(item, "fieldRef");
    const resource = objectAt(item, "resourceFieldRef");
    const told = [
      ...(field === undefined ? [] : [textAt(field, "fieldPath")]),
      ...(resource === undefined ? [] : [textAt(resource, "resource")]),
    ];
    return told.map((what) => line(3, `${what} -> ${textAt(item, "path")}`));
  });
  return line(2, "Items:") + items.join("");
}
