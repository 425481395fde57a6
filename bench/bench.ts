// Runs every benchmark behind a figure of the README: `npm run bench [-- NAME...]`. Needs root for `run`.
import { cpus, loadavg, totalmem } from "node:os";

const BENCHES: Readonly<Record<string, () => Promise<{ main: () => Promise<void> | void }>>> = {
  explain: () => import("./explain.ts"),
  walk: () => import("./walk.ts"),
  run: () => import("./run.ts"),
  check: () => import("./check.ts"),
};

const wanted = process.argv.slice(2);
console.log(
  `${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}, load ${loadavg()[0]?.toFixed(2)}\n`,
);
for (const [name, load] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`## ${name}\n`);
  await (await load()).main();
  console.log("");
}
