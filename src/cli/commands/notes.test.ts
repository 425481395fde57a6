// The help wraps its notes to the terminal: each line is a whole paragraph, not wrapped before.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import type { Command } from "../command.ts";

const FOLDER = new URL(".", import.meta.url);

for (const file of readdirSync(FOLDER)) {
  if (file.includes(".test.") || !file.endsWith(".ts")) continue;
  test(`notes of ${file}`, async () => {
    const module: Readonly<Record<string, unknown>> = await import(new URL(file, FOLDER).href);
    const { notes } = (module[`${file.slice(0, -3)}Command`] ?? {}) as Partial<Command>;
    for (const line of notes?.split("\n") ?? []) assert.match(line, /[.:]$/);
  });
}
