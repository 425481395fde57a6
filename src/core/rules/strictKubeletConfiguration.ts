// What the strict decoder of a kubelet has against its configuration file: fields that no kubelet knows. It reads on without them.
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { KUBELET_CONFIGURATION } from "../tables/kubeletConfiguration.ts";
import { didYouMean } from "./nearWord.ts";

export interface StrictDecoding {
  /** `strict decoding error: unknown field "seccompDefualt", unknown field "x"`, as the kubelet logs it. */
  readonly message: string;
  /** `did you mean seccompDefault?`, of each field where a near one is known. */
  readonly hints: readonly string[];
}

/**
 * Undefined where it has nothing against it. Upper and lower case make a difference.
 * @see kubernetes v1.37.2 pkg/kubelet/kubeletconfig/util/codec/codec.go DecodeKubeletConfiguration
 * @see apimachinery v0.37.2 pkg/runtime/error.go strictDecodingError.Error
 */
export function strictDecoding(configuration: JsonObject): StrictDecoding | undefined {
  const unknown = unknownIn(configuration, "KubeletConfiguration", "");
  if (unknown.length === 0) return undefined;
  const errors = unknown.map(({ path }) => `unknown field "${path}"`);
  return {
    message: `strict decoding error: ${errors.join(", ")}`,
    hints: unknown.flatMap(({ hint }) => (hint === "" ? [] : [hint])),
  };
}

interface Unknown {
  readonly path: string;
  readonly hint: string;
}

/** YAML becomes JSON with its keys in order before it is decoded. */
function unknownIn(value: JsonObject, struct: string, path: string): Unknown[] {
  const known = KUBELET_CONFIGURATION[struct] ?? {};
  const names = Object.keys(known);
  return Object.keys(value)
    .toSorted()
    .flatMap((key): Unknown[] => {
      const at = path === "" ? key : `${path}.${key}`;
      const inner = Object.hasOwn(known, key) ? known[key] : undefined;
      if (inner === undefined) return [{ path: at, hint: hintOf(key, names) }];
      return inner === "" ? [] : insideOf(value[key] ?? null, inner, at);
    });
}

function insideOf(value: JsonValue, struct: string, path: string): Unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: JsonValue, index) => insideOf(item, struct, `${path}[${index}]`));
  }
  return isJsonObject(value) ? unknownIn(value, struct, path) : [];
}

function hintOf(key: string, known: readonly string[]): string {
  return didYouMean(key, known).replace(/^; /, "");
}
