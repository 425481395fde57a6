// Writes the table of `npm run golden` into README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compareSuite } from "../../test/golden.ts";
import { SUITES } from "../../test/goldens/suites.ts";
import { type GoldenRow, goldenTotals, percent } from "../../test/goldenTotals.ts";

const PAGE = fileURLToPath(new URL("../../README.md", import.meta.url));
const BEGIN = "<!-- golden:begin -->\n";
const END = "<!-- golden:end -->";

const rows = SUITES.map((suite) => {
  const { total, differences } = compareSuite(suite);
  const agree = total - differences.length;
  return { system: suite.system, version: suite.version, agree, total };
});
const totals = goldenTotals(rows).map((row) => `${line(row)} ${percent(row)} |`);
const table = [
  "| system | version | agree / total | % |",
  "| --- | --- | --: | --: |",
  ...totals,
  "",
  "<details><summary>Row by row: each host and configuration</summary>",
  "",
  "| system | version | agree / total |",
  "| --- | --- | --: |",
  ...rows.map(line),
  "",
  "</details>",
  "",
].join("\n");

function line({ system, version, agree, total }: GoldenRow): string {
  return `| ${system} | ${version} | ${agree} / ${total} |`;
}

const page = readFileSync(PAGE, "utf8");
const [before = "", rest = ""] = page.split(BEGIN);
writeFileSync(PAGE, `${before}${BEGIN}${table}${rest.slice(rest.indexOf(END))}`);
