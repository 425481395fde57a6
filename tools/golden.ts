// Prints the table system × version: agree / total, and each difference with the first field that differs.

import { writeJson } from "../src/core/rules/json.ts";
import accepted from "../test/golden/differences.json" with { type: "json" };
import { compareSuite, type Difference } from "../test/golden.ts";
import { SUITES } from "../test/goldens/suites.ts";
import { type GoldenRow, goldenTotals, percent } from "../test/goldenTotals.ts";

interface Accepted {
  readonly system: string;
  readonly version: string;
  readonly case: string;
  readonly reason: string;
}

/** npm run golden [-- PATTERN] [--all]: only suites whose `system version` contains PATTERN; --all prints every difference. */
const [pattern = ""] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const limit = process.argv.includes("--all") ? Number.POSITIVE_INFINITY : 10;
let failed = false;

console.log("| system | version | agree | total | % |");
console.log("| --- | --- | --: | --: | --: |");
const report: string[] = [];
const rows: GoldenRow[] = [];
for (const suite of SUITES) {
  const name = `${suite.system} ${suite.version}`;
  if (!name.includes(pattern)) continue;
  const { total, differences } = compareSuite(suite);
  const agree = total - differences.length;
  const row = { system: suite.system, version: suite.version, agree, total };
  rows.push(row);
  console.log(line(row));
  const listed = (accepted as Accepted[]).filter(
    (row) => row.system === suite.system && row.version === suite.version,
  );
  const vanished = listed.filter((row) => differences.every((found) => found.name !== row.case));
  for (const row of vanished) {
    failed = true;
    report.push(`${name}: ${row.case}: listed as accepted but agrees now`);
  }
  for (const found of differences.slice(0, limit)) {
    const reason = listed.find((row) => row.case === found.name)?.reason;
    if (reason === undefined) failed = true;
    report.push(describe(name, found, reason));
  }
  if (differences.length > limit)
    report.push(`${name}: … ${differences.length - limit} more (--all)`);
}
console.log("\nIn all, per system and version:\n");
console.log("| system | version | agree | total | % |");
console.log("| --- | --- | --: | --: | --: |");
for (const row of goldenTotals(rows)) console.log(line(row));
if (report.length > 0) console.log(`\n${report.join("\n")}`);
process.exitCode = failed ? 1 : 0;

function line(row: GoldenRow): string {
  const { system, version, agree, total } = row;
  return `| ${system} | ${version} | ${agree} | ${total} | ${percent(row)} |`;
}

function describe(name: string, found: Difference, reason: string | undefined): string {
  const show = (value: unknown) =>
    value === undefined ? "absent" : writeJson(value).slice(0, 600);
  return [
    `${name}: ${found.name}: ${found.path === "" ? "(whole)" : found.path}`,
    `  recorded  ${show(found.expected)}`,
    `  predicted ${show(found.predicted)}`,
    ...(reason === undefined ? [] : [`  accepted: ${reason}`]),
  ].join("\n");
}
