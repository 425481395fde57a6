// YAML or JSON files that are no manifests (world, node), read as Kubernetes reads them.
import { readFileSync } from "node:fs";
import { yamlStream } from "../core/manifest/yaml.ts";
import type { JsonValue } from "../core/model/json.ts";
import { cannotRead, UsageError } from "./errors.ts";

/** Every document of the file. @throws UsageError */
export function readYamlDocuments(path: string): JsonValue[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(cannotRead(path, error));
  }
  return yamlStream(text).map((document) => {
    if ("error" in document) throw new UsageError(`${path}: ${document.error}`);
    return document.json;
  });
}

/** The first document, null for an empty file. @throws UsageError */
export function readYamlFile(path: string): JsonValue {
  return readYamlDocuments(path)[0] ?? null;
}
