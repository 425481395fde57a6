// Prints how a fresh recording differs from test/golden, first in what is compared, then in the rest, for the review.
//
// usage: compare.ts DIR [--all]. DIR is what record.sh has written. Each file is held against the same file of test/golden,
// or, where it is of a version not yet there, against the newest one of its kind. Exit code 1: something compared differs.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { parseJson } from "../../src/core/rules/json.ts";
import { type Difference, firstDifference } from "../../test/golden.ts";
import { comparedRow, type Row, restOfRow } from "./comparedRow.ts";

const GOLDEN = fileURLToPath(new URL("../../test/golden/", import.meta.url));
/** More lines than these are told only as a number, unless --all. */
const SHOWN = 12;

const [fresh = "", flag] = process.argv.slice(2);
let different = false;
for (const file of recordings(fresh)) {
  const golden = counterpart(relative(fresh, file));
  if (golden === undefined) console.log(`${relative(fresh, file)}: new, nothing to compare with`);
  else report(file, golden);
}
process.exitCode = different ? 1 : 0;

function report(file: string, golden: string): void {
  const [now, before] = [rowsOf(file), rowsOf(golden)];
  const differences: Difference[] = [];
  const rest: Difference[] = [];
  let same = 0;
  for (const [name, row] of now) {
    const old = before.get(name);
    if (old === undefined || row["skipped"] !== undefined) continue;
    const found = firstDifference(comparedRow(old, golden), comparedRow(row, file), "");
    if (found === undefined) same += 1;
    else differences.push({ name, ...found });
    const other = firstDifference(restOfRow(old), restOfRow(row), "");
    if (other !== undefined) rest.push({ name, ...other });
  }
  if (differences.length > 0) different = true;
  const skipped = [...now].filter(([, row]) => row["skipped"] !== undefined);
  console.log(
    `\n${relative(fresh, file)}: ${same} of ${now.size} equal to ${relative(GOLDEN, golden)}`,
  );
  show("compared", differences);
  show("not compared", rest);
  list(
    "skipped",
    skipped.map(([name, row]) => `${name}: ${row["skipped"]}`),
  );
  list(
    "only fresh",
    [...now.keys()].filter((name) => !before.has(name)),
  );
  list(
    "only in test/golden",
    [...before.keys()].filter((name) => !now.has(name)),
  );
}

function show(title: string, differences: readonly Difference[]): void {
  const text = (value: unknown) => (JSON.stringify(value, big) ?? "absent").slice(0, 120);
  list(
    `differ, ${title}`,
    differences.map(
      ({ name, path, expected, predicted }) =>
        `${name}  ${path}\n      golden ${text(expected)}\n      fresh  ${text(predicted)}`,
    ),
  );
}

function list(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.log(`  ${title}: ${lines.length}`);
  const shown = flag === "--all" ? lines : lines.slice(0, SHOWN);
  for (const line of shown) console.log(`    ${line}`);
  if (shown.length < lines.length) console.log("    …");
}

function big(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/** Rows by their name, without the newest version in it; a name that comes again gets a number. */
function rowsOf(file: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const line of gunzipSync(readFileSync(file)).toString("utf8").split("\n")) {
    if (line === "") continue;
    const row = parseJson(line) as unknown as Row;
    const name = String(row["case"] ?? row["name"] ?? row["id"]).replace(/ \(to v[\d.]+\)$/, "");
    const kind = row["kind"] === undefined ? name : `${row["kind"]} ${name}`;
    let key = kind;
    for (let again = 2; rows.has(key); again += 1) key = `${kind} #${again}`;
    rows.set(key, row);
  }
  return rows;
}

function recordings(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".jsonl.gz"))
    .sort()
    .map((name) => join(folder, name));
}

/** The same file, else the one of the newest version. */
function counterpart(name: string): string | undefined {
  if (existsSync(join(GOLDEN, name))) return join(GOLDEN, name);
  const anyVersion = (path: string) => path.replaceAll(/-\d+\.\d+\.\d+/g, "-*");
  const known = recordings(GOLDEN).filter(
    (path) => anyVersion(relative(GOLDEN, path)) === anyVersion(name),
  );
  const byVersion = new Intl.Collator("en", { numeric: true });
  return known.sort((a, b) => byVersion.compare(dirname(a) + a, dirname(b) + b)).at(-1);
}
