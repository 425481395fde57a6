// Runs every benchmark behind a figure of the README: `npm run bench [-- NAME...] [--write]`. Needs root for `run`.
// `--write` keeps the figures in bench/results and writes them into README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { PAGE, withFigures } from "../tools/docs/figures.ts";
import { type Figures, saveFigures } from "./figures.ts";

type Bench = () => Promise<Figures> | Figures;

const BENCHES: Readonly<Record<string, () => Promise<{ main: Bench }>>> = {
  explain: () => import("./explain.ts"),
  walk: () => import("./walk.ts"),
  run: () => import("./run.ts"),
  check: () => import("./check.ts"),
  fix: () => import("./fixCorpus.ts"),
};

/** What makes every Node do more at its start than Node does, in every row with a Node. */
const NODE_SETTINGS = ["NODE_EXTRA_CA_CERTS", "NODE_OPTIONS", "NODE_V8_COVERAGE"];
const unset = NODE_SETTINGS.filter((name) => process.env[name] !== undefined);
for (const name of unset) delete process.env[name];
if (unset.length > 0) console.log(`without ${unset.join(", ")} of this environment\n`);

const words = process.argv.slice(2);
const wanted = words.filter((word) => word !== "--write");
const unknown = wanted.filter((word) => BENCHES[word] === undefined);
if (unknown.length > 0) {
  console.error(`bench: no ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}`);
  process.exit(2);
}
if (words.includes("--write") && process.env["SETS"] !== undefined) {
  console.error("bench: SETS measures a part; --write wants all of it");
  process.exit(2);
}
const machine = `${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}`;
for (const [name, load] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`## ${name}\n\n${machine}, load ${loadavg()[0]?.toFixed(2)}\n`);
  const figures = await (await load()).main();
  console.log("");
  for (const { what, values } of figures.rows) console.log(`${what}: ${values}`);
  console.log("");
  if (!words.includes("--write")) continue;
  const day = new Date().toISOString().slice(0, 10);
  saveFigures(name, { day, machine, ...figures });
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, "utf8")));
}
