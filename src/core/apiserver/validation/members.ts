// Members of decoded objects as Go has them: what is absent is the zero value.
import { type Int64, isJsonObject, type JsonObject } from "../../model/json.ts";

export function textOf(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}

/** undefined is Go's nil: a number that has a pointer. */
export function intOf(object: JsonObject, name: string): Int64 | undefined {
  const value = object[name];
  return typeof value === "number" || typeof value === "bigint" ? value : undefined;
}

export function objectOf(object: JsonObject, name: string): JsonObject | undefined {
  const value = object[name];
  return isJsonObject(value) ? value : undefined;
}

export function objectsOf(object: JsonObject, name: string): readonly JsonObject[] {
  const value = object[name];
  return Array.isArray(value) ? (value as readonly JsonObject[]) : NONE;
}

export function textsOf(object: JsonObject, name: string): readonly string[] {
  const value = object[name];
  return Array.isArray(value) ? (value as readonly string[]) : NO_TEXTS;
}

export function textMapOf(object: JsonObject, name: string): Readonly<Record<string, string>> {
  return (objectOf(object, name) ?? {}) as Readonly<Record<string, string>>;
}

const NONE: readonly JsonObject[] = [];
const NO_TEXTS: readonly string[] = [];
