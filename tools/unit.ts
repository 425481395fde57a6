// Runs the test files (all, or those whose path contains a given word) with Node's runner and ends with the plain line
// `N passed, N failed, N skipped` that CI reads.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";

/** `npm run unit -- WORD…`: only files whose path contains one of the words. */
const words = process.argv.slice(2);
const files = ["src", "test", "tools", "bench"]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();

// The scenarios run the command as people do: bundled.
execFileSync(process.execPath, ["tools/build.mjs"], { stdio: "inherit" });

const counts = { pass: 0, fail: 0, skip: 0 };
/** A file that hangs is a failure, not a run without an end; the longest takes two minutes on a quiet machine. */
const FILE_TIMEOUT_MS = 10 * 60_000;
const events = run({ files, concurrency: true, timeout: FILE_TIMEOUT_MS });
events.on("test:pass", (event) => {
  if (event.details.type === "suite" || isFile(event.name)) return;
  if (event.skip !== undefined || event.todo !== undefined) counts.skip += 1;
  else counts.pass += 1;
});
events.on("test:fail", (event) => {
  if (event.details.type !== "suite") counts.fail += 1;
});
const output = events.compose(new spec());
output.pipe(process.stdout);
output.on("end", () => {
  console.log(`${counts.pass} passed, ${counts.fail} failed, ${counts.skip} skipped`);
  process.exitCode = counts.fail > 0 || counts.pass === 0 ? 1 : 0;
});

/** Node reports each file as a test of its own; only what stands inside counts. */
function isFile(name: string): boolean {
  return name.endsWith(".test.ts");
}
