// How much CPU `secctx explain` of one pod takes above an empty Node process.
import type { Figures } from "./figures.ts";
import { measure, paired, show, table } from "./measure.ts";

const ROUNDS = 25;

export function main(): Figures {
  const measured = measure(
    [
      { name: "node -e 0", command: "node -e 0" },
      { name: "secctx explain", command: "dist/secctx.cjs explain examples/dac.yaml" },
      {
        name: "secctx explain -o json",
        command: "dist/secctx.cjs explain examples/dac.yaml -o json",
      },
    ],
    ROUNDS,
  );
  console.log(table(measured));
  const above = paired(measured, ["secctx explain", "node -e 0"], "cpu");
  const what = "`explain` of one pod above `node -e 0`, CPU ms, paired";
  return { rows: [{ what, values: show(above) }] };
}
