// Writes the table of `npm run golden` into README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compareSuite } from "../../test/golden.ts";
import { SUITES } from "../../test/goldens/suites.ts";

const PAGE = fileURLToPath(new URL("../../README.md", import.meta.url));
const BEGIN = "<!-- golden:begin -->\n";
const END = "<!-- golden:end -->";

const rows = SUITES.map((suite) => {
  const { total, differences } = compareSuite(suite);
  const agree = total - differences.length;
  return `| ${suite.system} | ${suite.version} | ${agree} / ${total} |`;
});
const table = ["| system | version | agree / total |", "| --- | --- | --: |", ...rows, ""].join(
  "\n",
);
const page = readFileSync(PAGE, "utf8");
const [before = "", rest = ""] = page.split(BEGIN);
writeFileSync(PAGE, `${before}${BEGIN}${table}${rest.slice(rest.indexOf(END))}`);
