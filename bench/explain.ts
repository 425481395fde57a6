// How much CPU `secctx explain` of one pod takes above an empty Node process.
import { measure, paired, show, table } from "./measure.ts";

const ROUNDS = 25;

export function main(): void {
  const measured = measure(
    [
      { name: "node -e 0", command: "node -e 0" },
      { name: "secctx explain", command: "node dist/secctx.cjs explain examples/dac.yaml" },
      {
        name: "secctx explain -o json",
        command: "node dist/secctx.cjs explain examples/dac.yaml -o json",
      },
    ],
    ROUNDS,
  );
  console.log(table(measured));
  const above = paired(measured, ["secctx explain", "node -e 0"], "cpu");
  console.log(`\nexplain above node -e 0, CPU ms, paired (min / median / max): ${show(above)}`);
}
