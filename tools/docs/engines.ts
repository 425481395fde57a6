// docs/ENGINES.md and the README's table: the acceptance cases by engine, from what the last runs of test/engines wrote down.
//
// `node --import tsx tools/docs/engines.ts` after `npm run unit -- engines`.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { EngineUnderTest } from "../../test/engines/case.ts";
import { casesFor } from "../../test/engines/cases/cases.ts";
import type { Cell } from "../../test/engines/cell.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = join(ROOT, "docs", "ENGINES.md");
const README = join(ROOT, "README.md");
const RESULTS = join(ROOT, "dist", "engines");
const ENGINES: readonly EngineUnderTest[] = ["oci", "docker", "cri"];

/** Each list is one engine's cells, in the order of the cases. */
export type Results = Readonly<Partial<Record<EngineUnderTest, readonly Cell[]>>>;

const LEGEND =
  "✓ as upstream expects · a number: as that engine's release does instead, which secctx had predicted · – only CRI can say it · ✗ not so";

export function enginesPage(results: Results): string {
  return `${[
    "# Acceptance cases by engine",
    "",
    "Written by `node --import tsx tools/docs/engines.ts` from a run of `test/engines`: every cell is a container that really",
    "ran (or was really refused), and in every cell what secctx predicted is what was observed: credentials, capabilities,",
    "seccomp, namespaces, masked and read-only paths right after the execve, or the words of the refusal.",
    "",
    "What docker and cri need to run stands in [the README](../README.md#on-every-engine).",
    "",
    ...[LEGEND, ""],
    ...table(results),
    "",
    ...LEFT_OUT,
  ].join("\n")}\n`;
}

/** The table, then the reasons by number. */
function table(results: Results): string[] {
  const notes: string[] = [];
  // CRI's list holds all of them.
  const rows = casesFor("cri").map(({ name, origin }) => {
    const cells = ENGINES.map((engine) => {
      if (!casesFor(engine).some((one) => one.name === name)) return "–";
      const cell = results[engine]?.find((one) => one.case === name);
      return cell === undefined ? "✗" : mark(cell, notes);
    });
    return `| ${name} | ${origin} | ${cells.join(" | ")} |`;
  });
  const heads = ENGINES.map((engine) => `${engine}${rulesOf(results[engine])}`);
  return [
    `| case | upstream | ${heads.join(" | ")} |`,
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
    ...notes.map((note, index) => `${index + 1}. ${note}`),
  ];
}

const BEGIN = "<!-- engines:begin -->\n";
const END = "<!-- engines:end -->";

/** The README with the counts by engine, and the whole table folded away. */
export function withEnginesTable(page: string, results: Results): string {
  const counts = ENGINES.map((engine) => {
    const cells = results[engine] ?? [];
    const passes = cells.filter(({ verdict }) => verdict === "passes").length;
    const total = casesFor(engine).length;
    const row = [passes, cells.length - passes, total - cells.length, total];
    return `| ${engine}${rulesOf(cells)} | ${row.join(" | ")} |`;
  });
  const text = [
    "| engine | as upstream expects | deviates as predicted | not so | cases |",
    "| --- | --: | --: | --: | --: |",
    ...counts,
    "",
    "<details><summary>Every case</summary>",
    "",
    ...[LEGEND, ""],
    ...table(results),
    "",
    "</details>",
    "",
  ].join("\n");
  const [before = "", rest = ""] = page.split(BEGIN);
  return `${before}${BEGIN}${text}${rest.slice(rest.indexOf(END))}`;
}

const LEFT_OUT = [
  "Left out: AppArmor and SELinux cases (the test host has neither), `metrics of userns pods` (counters of a kubelet),",
  "cases that need a network beyond the pod.",
];

function rulesOf(cells: readonly Cell[] = []): string {
  const [first] = cells;
  return first === undefined ? "" : ` (${first.rulesOf})`;
}

/** The same reason has one number. */
function mark({ verdict, because = "" }: Cell, notes: string[]): string {
  if (verdict === "passes") return "✓";
  if (!notes.includes(because)) notes.push(because);
  return `${notes.indexOf(because) + 1}`;
}

function readResults(): Results {
  const found: Partial<Record<EngineUnderTest, readonly Cell[]>> = {};
  for (const engine of ENGINES) {
    const file = join(RESULTS, `${engine}.json`);
    if (existsSync(file)) found[engine] = JSON.parse(readFileSync(file, "utf8"));
  }
  return found;
}

if (process.argv[1] && pathToFileURL(resolve(process.argv[1])).href === import.meta.url) {
  const results = readResults();
  writeFileSync(PAGE, enginesPage(results));
  writeFileSync(README, withEnginesTable(readFileSync(README, "utf8"), results));
}
