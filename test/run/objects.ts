// Objects that pods of tests name, and files with such objects and a pod.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "./run.ts";

export const CONFIG_MAP = {
  ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } },
  data: { COLOUR: "blue", "file.txt": "text" },
  binaryData: { RAW: "AAE=" },
};
export const SECRET = {
  ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "keys" } },
  data: { TOKEN: Buffer.from("t0k3n").toString("base64") },
  stringData: { PLAIN: "p" },
};

/** A file with these objects and a pod. */
export function fileIn(
  { folder }: Lab,
  name: string,
  pod: object,
  objects: readonly object[],
): string {
  const path = join(folder, `${name}.yaml`);
  const documents = [...objects, pod].map((object) => JSON.stringify(object));
  writeFileSync(path, documents.join("\n---\n"));
  return path;
}
