// YAML as Kubernetes reads it: one document to its JSON, or a text with many of them.
import type { JsonValue } from "../model/json.ts";
import { chunkText, splitDocuments } from "./documents.ts";
import { DEFAULT_LIMITS, type Limits } from "./yaml/budget.ts";
import { compose } from "./yaml/compose.ts";
import { YamlError } from "./yaml/yamlError.ts";

/** `error` in go-yaml's words, lines counted within the document. */
export type YamlAnswer = { readonly json: JsonValue } | { readonly error: string };

/** Where secctx must write the answer again, it stops long before go-yaml's 10 000 levels. */
export const WRITABLE_DEPTH = 1_000;

/**
 * The first document of the text as JSON; null for an empty one.
 * @see sigs.k8s.io/yaml v1.6.0 yaml.go YAMLToJSON
 */
export function yamlValue(text: string, limits: Partial<Limits> = {}): YamlAnswer {
  return answer(text, limits, false);
}

/**
 * Every document of the text. A separator that is none ends the reading: the last answer then is that error.
 * @see k8s.io/apimachinery v0.37.2 pkg/util/yaml/decoder.go YAMLReader.Read
 */
export function yamlStream(text: string, limits: Partial<Limits> = {}): readonly YamlAnswer[] {
  const { documents, error } = readStream(text, limits);
  return error === undefined ? documents : [...documents, { error }];
}

export interface YamlLine {
  readonly kind: "value" | "stream";
  readonly text: string;
}

export type YamlLineAnswer =
  | YamlAnswer
  | { readonly documents: readonly YamlAnswer[]; readonly error?: string };

/** `secctx stage yaml`. */
export function answerYaml({ kind, text }: YamlLine): YamlLineAnswer {
  const limits = { depth: WRITABLE_DEPTH };
  return kind === "value" ? yamlValue(text, limits) : readStream(text, limits);
}

interface YamlDocuments {
  readonly documents: readonly YamlAnswer[];
  readonly error?: string;
}

function readStream(text: string, limits: Partial<Limits>): YamlDocuments {
  const documents: YamlAnswer[] = [];
  for (const chunk of splitDocuments(text)) {
    if ("message" in chunk) return { documents, error: chunk.message };
    documents.push(answer(chunkText(text, chunk), limits, true));
  }
  return { documents };
}

function answer(text: string, limits: Partial<Limits>, cutIntoLines: boolean): YamlAnswer {
  try {
    const { root } = compose(text, { limits: { ...DEFAULT_LIMITS, ...limits }, cutIntoLines });
    return { json: root?.json ?? null };
  } catch (error) {
    if (error instanceof YamlError) return { error: error.message };
    throw error;
  }
}
