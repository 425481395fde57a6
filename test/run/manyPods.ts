// Runs many pods in one process of secctx, a few at a time: `node --import tsx test/run/manyPods.ts IMAGES COUNT FILE`.
import { runCommand } from "../../src/cli/commands/run.ts";

const [, , images = "", count = "0", file = ""] = process.argv;
const AT_ONCE = 5;

let next = 0;
const codes: number[] = [];

async function work(): Promise<void> {
  while (next < Number(count)) {
    next += 1;
    const options = {
      ...{ output: "text", quiet: true, engine: "oci", ociRuntime: "runc" },
      image: [`oci:${images}`],
    };
    codes.push(await runCommand.run([file], options, { commands: async () => [] }));
  }
}

process.setMaxListeners(0);
await Promise.all(Array.from({ length: AT_ONCE }, work));
process.stdout.write(`codes ${codes.join("")}\n`);
