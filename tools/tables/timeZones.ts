// Writes src/core/tables/timeZones.ts from the time zones that Go brings along: node --import tsx tools/tables/timeZones.ts
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const OUT = "src/core/tables/timeZones.ts";

const root = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
const version = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
const zip = join(root, "lib/time/zoneinfo.zip");
const names = execFileSync("unzip", ["-Z1", zip], { encoding: "utf8" })
  .split("\n")
  .filter((name) => name !== "" && !name.endsWith("/"))
  .sort();

/** Folder → the names in it. */
const folders = new Map<string, string[]>();
for (const name of names) {
  const slash = name.lastIndexOf("/");
  const folder = name.slice(0, Math.max(slash, 0));
  folders.set(folder, [...(folders.get(folder) ?? []), name.slice(slash + 1)]);
}
const rows = [...folders].map(
  ([folder, inside]) => `  ${JSON.stringify(folder)}: ${JSON.stringify(inside.join(" "))},`,
);
writeFileSync(
  OUT,
  `// Generated from ${version} lib/time/zoneinfo.zip
// by: node --import tsx tools/tables/timeZones.ts

/** Folder → the names in it. */
const ZONES: Readonly<Record<string, string>> = {
${rows.join("\n")}
};

let known: ReadonlySet<string> | undefined;

/** A name of the IANA database, in its spelling: \`Europe/Berlin\`. */
export function isTimeZone(name: string): boolean {
  known ??= new Set(
    Object.entries(ZONES).flatMap(([folder, names]) =>
      names.split(" ").map((last) => (folder === "" ? last : \`\${folder}/\${last}\`)),
    ),
  );
  return known.has(name);
}
`,
);
execFileSync("npx", ["biome", "format", "--write", OUT]);
