// Writes the figures of bench/results (the last measured run of each benchmark) into README.md, between their markers.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type FigureTable, savedFigures } from "../../bench/figures.ts";

export const PAGE: string = fileURLToPath(new URL("../../README.md", import.meta.url));
const BENCHES = ["explain", "walk", "run", "check"] as const;

/** The page with the figures in it; the same page where they are there already. */
export function withFigures(page: string): string {
  return [
    ["bench", benchText()],
    ["peers", tableText("check")],
    ["fix", tableText("fix")],
  ].reduce((text, [name = "", content = ""]) => between(text, name, content), page);
}

function benchText(): string {
  const saved = BENCHES.flatMap((bench) => savedFigures(bench) ?? []);
  const rows = saved.flatMap(({ rows }) => rows.map(({ what, values }) => [what, values]));
  const days = [...new Set(saved.map(({ day }) => day))].sort();
  const machines = [...new Set(saved.map(({ machine }) => machine))];
  const measured = `Measured on ${days.join(", ")}: ${machines.join("; ")}.\n\n`;
  return measured + table({ head: ["what", "min / median / max"], rows, notes: [] });
}

function tableText(bench: string): string {
  const saved = savedFigures(bench)?.table;
  return saved === undefined ? "" : table(saved);
}

function table({ head, rows, notes }: FigureTable): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`);
  return lines.join("") + notes.map((note) => `\n${note}\n`).join("");
}

function between(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->\n`, `<!-- ${name}:end -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no ${begin.trim()} … ${end}`);
  return page.slice(0, from + begin.length) + content + page.slice(to);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, "utf8")));
}
