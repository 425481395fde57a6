// Figures of a measured run as they are kept in bench/results and printed into the README: one row each.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Figure {
  readonly what: string;
  /** `12 / 14 / 30`: minimum, median, maximum; or what a row says in words. */
  readonly values: string;
}

/** Further rows of a benchmark, as a table of its own. */
export interface FigureTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences below it. */
  readonly notes: readonly string[];
}

export interface Figures {
  readonly rows: readonly Figure[];
  readonly table?: FigureTable;
}

export interface SavedFigures extends Figures {
  /** `2026-11-28`. */
  readonly day: string;
  readonly machine: string;
}

const FOLDER = fileURLToPath(new URL("./results/", import.meta.url));

export function saveFigures(bench: string, figures: SavedFigures): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${bench}.json`), `${JSON.stringify(figures, null, 2)}\n`);
}

/** Undefined where the benchmark was never written. */
export function savedFigures(bench: string): SavedFigures | undefined {
  const file = join(FOLDER, `${bench}.json`);
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, "utf8")) as SavedFigures;
}
