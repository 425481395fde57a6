// Prints the import table of test/rooms.ts into docs/ARCHITECTURE.md; the rooms test holds the two equal.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MAY_IMPORT } from "../../test/rooms.ts";

const PAGE = fileURLToPath(new URL("../../docs/ARCHITECTURE.md", import.meta.url));
const BEGIN = "<!-- rooms:begin -->\n";
const END = "<!-- rooms:end -->";

/** The page with the table of today. */
export function withRoomsTable(page: string): string {
  const rows = Object.entries(MAY_IMPORT).map(
    ([room, targets]) =>
      `| \`${room}\` | ${targets.length === 0 ? "itself only" : targets.map((name) => `\`${name}\``).join(" ")} |`,
  );
  const table = ["| from | may import, beside itself |", "| --- | --- |", ...rows, ""].join("\n");
  const [before = "", rest = ""] = page.split(BEGIN);
  const after = rest.slice(rest.indexOf(END));
  return `${before}${BEGIN}${table}${after}`;
}

export function readArchitecture(): string {
  return readFileSync(PAGE, "utf8");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(PAGE, withRoomsTable(readArchitecture()));
}
