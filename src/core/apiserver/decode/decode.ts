// Reads the body of a request: the object that the server goes on with, or the 400 that ends it.
import { type FieldPath, samePath } from "../../model/finding.ts";
import type { JsonObject, JsonValue } from "../../model/json.ts";
import { goJsonSyntaxError } from "../../rules/goJsonSyntax.ts";
import { utf8Bytes, utf8Head, utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { JsonSyntaxError, parseJson, writeJson } from "../../rules/json.ts";
import type { WorkloadKind } from "../kinds.ts";
import { CONFORMS, conformity, DEVIATES } from "./conforms.ts";
import { type Duplicates, decodeValue, type StrictError, type WrongType } from "./decodeValue.ts";
import { interpret } from "./interpret.ts";
import { type GoType, structType } from "./schema.ts";
import { sortedKeys } from "./sortedKeys.ts";

export type FieldValidation = "Ignore" | "Warn" | "Strict";
export interface Body {
  readonly object?: JsonObject;
  readonly raw?: string;
}
export interface DecodedBody {
  readonly object: JsonObject;
  /** What was sent is just what came out; nothing in it is left out of the answer. */
  readonly tidy: boolean;
  /** Unknown and duplicate fields, as the server words them. */
  readonly strict: readonly StrictWarning[];
}
export interface StrictWarning {
  readonly message: string;
  readonly path: FieldPath;
  readonly what: "unknownField" | "duplicateField";
  readonly hint?: string;
}
export interface BadRequest {
  readonly message: string;
  readonly path: FieldPath;
  readonly what: "syntax" | "kind" | "type" | StrictWarning["what"];
  readonly hint?: string;
  /** What it would have said, had it read on. */
  readonly behind?: Behind;
}
export interface Behind {
  readonly refusals: readonly WrongType[];
  readonly warnings: readonly StrictWarning[];
}

/** @see apiserver v0.37.2 pkg/endpoints/handlers/create.go createHandler */
export function decode(
  body: Body,
  kind: WorkloadKind,
  fieldValidation: FieldValidation,
): DecodedBody | BadRequest {
  const parsed = parse(body, kind);
  if ("what" in parsed) return parsed;
  const { value, duplicates } = parsed;
  const type = structType(kind.type);
  // A document that conforms has no other key that could name its kind.
  const found = duplicates === undefined ? conformity(value, type) : DEVIATES;
  if (found !== DEVIATES && isOfKind(value as JsonObject, kind)) {
    return { object: value as JsonObject, tidy: found === CONFORMS, strict: [] };
  }
  const { kind: name, apiVersion, error, refusal } = interpret(value, kind, duplicates);
  if (refusal !== undefined) return { message: refusal, path: ["apiVersion"], what: "kind" };
  if (error !== undefined && name === "") return unrecognized(error, body, kind);
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  const handled = `${name} in version ${goQuote(version)} cannot be handled as a ${kind.kind}`;
  if (error !== undefined) {
    return { message: `${handled}: ${error}`, path: ["kind"], what: "kind" };
  }

  const decoded = decodeValue(value, type, duplicates);
  if (decoded.typeError !== undefined) {
    // Only a text that was sent as it stands is read in its own order.
    const sent = body.raw === undefined ? sortedKeys(value) : value;
    const first = decodeValue(sent, type, duplicates).typeError ?? decoded.typeError;
    const { message, path, hint } = first;
    const behind = behindOf(first, handled, decodeAll(sent, type, duplicates));
    const said = {
      message: `${handled}: ${message}`,
      path,
      ...(hint === undefined ? {} : { hint }),
    };
    return { ...said, what: "type", behind };
  }
  const strict = fieldValidation === "Ignore" ? [] : decoded.strictErrors.map(strictWarning);
  const [first] = strict;
  if (fieldValidation === "Strict" && first !== undefined) {
    const all = strict.map(({ message }) => message).join(", ");
    return { ...first, message: `${handled}: strict decoding error: ${all}` };
  }
  return { object: (decoded.value ?? {}) as JsonObject, tidy: false, strict };
}

interface AllDecoded {
  readonly all: readonly WrongType[];
  readonly strictErrors: readonly StrictError[];
}

function decodeAll(value: JsonValue, type: GoType, duplicates: Duplicates | undefined): AllDecoded {
  const all: WrongType[] = [];
  const { strictErrors } = decodeValue(value, type, duplicates, all);
  return { all, strictErrors };
}

/** One wrong type hides all else that is wrong: whoever mends it would be told the rest one by one. */
function behindOf(first: WrongType, handled: string, { all, strictErrors }: AllDecoded): Behind {
  const isOther = ({ message, path }: WrongType): boolean =>
    message !== first.message || !samePath(path, first.path);
  return {
    refusals: all
      .filter(isOther)
      .map((wrong) => ({ ...wrong, message: `${handled}: ${wrong.message}` })),
    warnings: strictErrors.map(strictWarning),
  };
}

function isOfKind(object: JsonObject, { kind, apiVersion }: WorkloadKind): boolean {
  return object["kind"] === kind && object["apiVersion"] === apiVersion;
}

function parse(
  body: Body,
  kind: WorkloadKind,
): { readonly value: JsonValue; readonly duplicates: Duplicates | undefined } | BadRequest {
  const { raw } = body;
  if (raw === undefined) return { value: body.object ?? null, duplicates: undefined };
  const duplicates = new Map<JsonValue, readonly (readonly [string, JsonValue])[]>();
  try {
    const value = parseJson(raw, { duplicates, keepDecimals: "all" });
    return { value, duplicates: duplicates.size === 0 ? undefined : duplicates };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const message = goJsonSyntaxError(raw) ?? error.message;
    return unrecognized(`couldn't get version/kind; json parse error: ${message}`, body, kind);
  }
}

/** @see apiserver v0.37.2 pkg/endpoints/handlers/rest.go transformDecodeError */
function unrecognized(error: string, body: Body, kind: WorkloadKind): BadRequest {
  const text = body.raw ?? writeJson(body.object ?? null);
  const message = `the object provided is unrecognized (must be of type ${kind.kind}): ${error} (${summary(text)})`;
  return { message, path: [], what: "syntax" };
}

/** @see apiserver v0.37.2 pkg/endpoints/handlers/rest.go summarizeData */
function summary(text: string): string {
  const shown = 30;
  if (text === "") return "<empty>";
  const more = utf8Length(text) > shown ? " ..." : "";
  if (text.startsWith("{")) return utf8Head(text, shown) + more;
  const bytes = utf8Bytes(text.slice(0, shown)).slice(0, shown);
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("") + more;
}

/** `unknown field "spec.containers[0].foo"`: steps as the server joins them, whatever stands in a key. */
function strictWarning({ kind, path, hint }: StrictError): StrictWarning {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  const what = kind === "unknown field" ? "unknownField" : "duplicateField";
  return {
    message: `${kind} ${goQuote(text)}`,
    path,
    what,
    ...(hint === undefined ? {} : { hint }),
  };
}
