// The fields of a Pod of the API as its JSON has them, with Go's zero value where one is absent.
import { isJsonObject, type JsonObject } from "../../core/model/json.ts";
import { compareGoStrings } from "../../core/rules/goText.ts";

export function objectAt(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key];
  return isJsonObject(value) ? value : undefined;
}

export function objectsAt(object: JsonObject, key: string): readonly JsonObject[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export function textsAt(object: JsonObject, key: string): readonly string[] {
  const value = object[key];
  return Array.isArray(value) ? value.map(String) : [];
}

/** "" where there is none. */
export function textAt(object: JsonObject, key: string): string {
  const value = object[key];
  return value === undefined || value === null ? "" : String(value);
}

export function numberText(object: JsonObject, key: string): string {
  return textAt(object, key) || "0";
}

export function isTrue(object: JsonObject, key: string): boolean {
  return object[key] === true;
}

/** By key, in the order that Go sorts strings in. */
export function sortedEntries(map: JsonObject | undefined): readonly (readonly [string, string])[] {
  return sortedBy(Object.entries(map ?? {}), ([key]) => key).map(([key, value]) => [
    key,
    value === null ? "" : String(value),
  ]);
}

export function sortedBy<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...list].sort((a, b) => compareGoStrings(key(a), key(b)));
}

/** A line of a description; two spaces for each level. */
export function line(level: number, text: string): string {
  return `${"  ".repeat(level)}${text}\n`;
}
