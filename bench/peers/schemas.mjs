// Writes the schemas that kubeconform validates by, one file per kind, from Kubernetes' own OpenAPI document: node schemas.mjs SWAGGER FOLDER
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [, , swagger, folder] = process.argv;
const { definitions } = JSON.parse(readFileSync(swagger, "utf8"));

/** As the schemas that kubeconform fetches have it: null is no value, and IntOrString is either. */
function schema(node) {
  if (Array.isArray(node)) return node.map(schema);
  if (typeof node !== "object" || node === null) return node;
  if (node.format === "int-or-string") return { type: ["string", "integer", "null"] };
  const own = Object.entries(node).filter(([key]) => !key.startsWith("x-") && key !== "description");
  const copy = Object.fromEntries(own.map(([key, value]) => [key, schema(value)]));
  if (typeof copy.type === "string") copy.type = [copy.type, "null"];
  return copy;
}

function reachable(name, found = {}) {
  if (found[name] !== undefined) return found;
  found[name] = schema(definitions[name]);
  for (const [, next] of JSON.stringify(definitions[name]).matchAll(/"#\/definitions\/([^"]+)"/g)) {
    reachable(next, found);
  }
  return found;
}

mkdirSync(folder, { recursive: true });
for (const [name, definition] of Object.entries(definitions)) {
  for (const { group, version, kind } of definition["x-kubernetes-group-version-kind"] ?? []) {
    const suffix = group === "" ? version : `${group.split(".")[0]}-${version}`;
    const file = join(folder, `${kind}-${suffix}.json`.toLowerCase());
    const whole = { $ref: `#/definitions/${name}`, definitions: reachable(name) };
    writeFileSync(file, JSON.stringify(whole));
  }
}
