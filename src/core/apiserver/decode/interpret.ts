// Which kind and version a request body says it is, before it is decoded as that.
// @see apimachinery v0.37.2 pkg/runtime/serializer/json/meta.go Interpret
import { isJsonObject } from "../../model/json.ts";
import { type WorkloadKind, workloadKind } from "../kinds.ts";
import type { Duplicates } from "./decodeValue.ts";

export interface Interpreted {
  readonly kind: string;
  readonly apiVersion: string;
  /** Go's text when the two cannot be read at all. */
  readonly error?: string;
  /** Why the object is not what the address takes. */
  readonly refusal?: string;
}

const TARGET =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
const PREFIX = "couldn't get version/kind; json parse error: ";
const SCHEME = "pkg/api/legacyscheme/scheme.go:30";

/** Of a key that is there twice every value is looked at: the first wrong one counts, else the last one. */
export function interpret(
  body: unknown,
  expected: WorkloadKind,
  duplicates?: Duplicates,
): Interpreted {
  const { kind, apiVersion } = expected;
  if (body === null || body === undefined) return { kind, apiVersion };
  if (!isJsonObject(body)) {
    return failed(`json: cannot unmarshal ${jsonType(body)} into Go value of type ${TARGET}`);
  }
  const found = { apiVersion: "", kind: "" };
  for (const [key, value] of duplicates?.get(body) ?? Object.entries(body)) {
    // This first look is Go's own decoder, which does not mind the case of a key.
    const name = FIELDS[key.toLowerCase()];
    if (name === undefined || value === null || value === undefined) continue;
    if (typeof value !== "string") {
      return failed(
        `json: cannot unmarshal ${jsonType(value)} into Go struct field .${name} of type string`,
      );
    }
    found[name] = value;
  }
  if (found.apiVersion.split("/").length > 2) {
    return {
      kind: "",
      apiVersion: "",
      error: `unexpected GroupVersion string: ${found.apiVersion}`,
    };
  }
  return withDefaults(found, expected);
}

const FIELDS: Readonly<Record<string, "apiVersion" | "kind">> = {
  apiversion: "apiVersion",
  kind: "kind",
};

function failed(message: string): Interpreted {
  return { kind: "", apiVersion: "", error: PREFIX + message };
}

/** @see apimachinery v0.37.2 pkg/runtime/serializer/json/json.go gvkWithDefaults */
function withDefaults(
  found: { apiVersion: string; kind: string },
  expected: WorkloadKind,
): Interpreted {
  const kind = found.kind === "" ? expected.kind : found.kind;
  const unversioned = found.apiVersion === "" || found.apiVersion === "/";
  const apiVersion = unversioned ? expected.apiVersion : found.apiVersion;
  if (apiVersion === expected.apiVersion && kind === expected.kind) return { kind, apiVersion };
  if (workloadKind(kind)?.apiVersion === apiVersion) {
    const refusal = `the API version in the data (${apiVersion}) does not match the expected API version (${expected.apiVersion})`;
    return { kind, apiVersion, refusal };
  }
  const error = `no kind "${kind}" is registered for version "${apiVersion}" in scheme "${SCHEME}"`;
  return { kind, apiVersion, error };
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "string" || isJsonObject(value)) return typeof value;
  return typeof value === "boolean" ? "bool" : "number";
}
