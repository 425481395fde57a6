// Writes src/core/tables/kubeletConfiguration.ts from the Go types: node --import tsx tools/tables/kubeletConfiguration.ts
// (go mod download k8s.io/kubelet@v0.37.2)
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goModule } from "./upstream.ts";

const MODULE = "k8s.io/kubelet@v0.37.2";
const FILE = "config/v1beta1/types.go";
const ROOT = "KubeletConfiguration";
const OUT = "src/core/tables/kubeletConfiguration.ts";

const source = readFileSync(join(goModule(MODULE), FILE), "utf8");

/** Struct → [JSON name, Go type]. */
const declared = new Map<string, (readonly [string, string])[]>();
for (const [, name = "", body = ""] of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
  const fields = [...body.matchAll(/^\t\w+ +(\S+) +`json:"(\w+)/gm)];
  declared.set(
    name,
    fields.map(([, type = "", json = ""]) => [json, type] as const),
  );
}

/** The struct of this package that a field holds, as it is, in a list or behind a pointer. */
function structOf(type: string): string {
  const name = /^(?:\*|\[\])*(\w+)$/.exec(type)?.[1] ?? "";
  return declared.has(name) ? name : "";
}

const rows: string[] = [];
const waiting = [ROOT];
const seen = new Set<string>();
for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
  if (seen.has(name)) continue;
  seen.add(name);
  // TypeMeta is embedded.
  const own =
    name === ROOT
      ? ([
          ["apiVersion", "string"],
          ["kind", "string"],
        ] as const)
      : [];
  const fields = [...own, ...(declared.get(name) ?? [])].map(([json, type]) => {
    const struct = structOf(type);
    if (struct !== "") waiting.push(struct);
    return `${json}: ${JSON.stringify(struct)}`;
  });
  rows.push(`${name}: { ${fields.join(", ")} },`);
}

writeFileSync(
  OUT,
  `// The fields of a kubelet's configuration file. Written by tools/tables/kubeletConfiguration.ts
// from ${MODULE} ${FILE}: do not edit.

/** Struct → field → the struct of the same package that it holds, alone or in a list; empty for all else. */
export const KUBELET_CONFIGURATION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
${rows.join("\n")}
};
`,
);
execFileSync("npx", ["biome", "check", "--write", OUT]);
