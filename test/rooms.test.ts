// The import rule of docs/ARCHITECTURE.md as a test: rooms never import rooms.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readArchitecture, withRoomsTable } from "../tools/docs/rooms.ts";
import { MAY_IMPORT, type Room } from "./rooms.ts";

const SRC = fileURLToPath(new URL("../src/", import.meta.url));
const IMPORT =
  /^(?:import|export)\s[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** The room of a file: the longest folder that the table names, or the file itself. */
function roomOf(file: string): Room | undefined {
  const path = relative(SRC, file);
  return (Object.keys(MAY_IMPORT) as Room[])
    .filter((room) => path === room || path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

test("every source file stands in a room of the table", () => {
  const homeless = sources(SRC).filter((file) => roomOf(file) === undefined);
  assert.deepEqual(homeless, []);
});

test("every import is allowed by the table", () => {
  const forbidden: string[] = [];
  for (const file of sources(SRC)) {
    const room = roomOf(file);
    if (room === undefined) continue;
    for (const match of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const specifier = match[1] ?? match[2] ?? match[3] ?? "";
      const target = specifier.startsWith(".")
        ? roomOf(resolve(dirname(file), specifier))
        : specifier.replace(/^node:.*/, "node:*");
      const allowed = target === room || MAY_IMPORT[room].some((name) => name === target);
      if (!allowed) forbidden.push(`${relative(SRC, file)} imports ${specifier}`);
    }
  }
  assert.deepEqual(forbidden, []);
});

test("docs/ARCHITECTURE.md prints this table (node --import tsx tools/docs/rooms.ts writes it)", () => {
  assert.equal(readArchitecture(), withRoomsTable(readArchitecture()));
});
