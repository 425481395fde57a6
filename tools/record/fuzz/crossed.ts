// Crosses the requests of a runtime's recorded cases with each other, for its recorder to ask (`record.sh … --cases OUT`).
// Usage: node --import tsx tools/record/fuzz/crossed.ts containerd|docker RECORDING.jsonl.gz OUT.jsonl.gz [COUNT] [SEED]
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { isJsonObject, type JsonObject } from "../../../src/core/model/json.ts";
import { parseJson, writeJson } from "../../../src/core/rules/json.ts";

const [name = "", from = "", to = "", count = "60", seed = "1"] = process.argv.slice(2);
if (to === "") throw new Error("usage: crossed.ts containerd|docker RECORDING OUT [COUNT] [SEED]");
const REQUESTS = name === "docker" ? ["request"] : ["request", "sandboxRequest"];

const rows = gunzipSync(readFileSync(from))
  .toString("utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => parseJson(line) as JsonObject)
  // Sysctls that no namespace keeps would be the machine's: the recorder asks them only of rows it knows.
  .filter((row) => !/sysctl/i.test(writeJson(REQUESTS.map((key) => row[key] ?? null))));

const pairs = fc.sample(
  fc.tuple(fc.constantFrom(...rows), fc.constantFrom(...rows), fc.constantFrom(...rows)),
  { numRuns: Number(count), seed: Number(seed) },
);
const crossed = pairs.map(([first, second, third], index) => ({
  case: `crossed-${index}`,
  group: "crossed",
  note: [first, second, third].map((row) => row["case"]).join(" × "),
  image: third["image"] ?? null,
  ...Object.fromEntries(
    REQUESTS.map((key) => [
      key,
      merged(merged(first[key] ?? null, second[key] ?? null), third[key] ?? null),
    ]),
  ),
}));
writeFileSync(to, gzipSync(crossed.map((row) => `${writeJson(row)}\n`).join("")));

/** Objects key by key, so that a case keeps what the other does not say; null says nothing. */
function merged(into: unknown, other: unknown): JsonObject[string] {
  if (!isJsonObject(other) || !isJsonObject(into)) return (other ?? into) as JsonObject[string];
  const both = Object.entries(other).map(([key, value]) => [key, merged(into[key] ?? null, value)]);
  return { ...into, ...Object.fromEntries(both) };
}
