// Pods of several containers: how many starts are under way at the same moment; and what memory secctx takes for itself.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { IMAGE } from "./runPeers.ts";

export const CONTAINERS = 10;
const ROUNDS = 5;

export function podOf(name: string, command: readonly string[], count: number): string {
  const containers = Array.from(
    { length: count },
    (_, index) =>
      `    - { name: demo${index}, image: "${IMAGE}", imagePullPolicy: IfNotPresent, command: ${JSON.stringify(command)} }\n`,
  );
  return `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  restartPolicy: Never
  containers:
${containers.join("")}`;
}

/**
 * A start lasts from the runtime's first instruction to the container's own, both told by the kernel's clock. Ten starts in
 * a row would give 1. The runtime is called through a script that writes down when: nothing of this is timed.
 * @returns of each round, the most starts that were under way at one moment
 */
export function atOnce(secctx: (pod: string) => string, folder: string): number[] {
  const pod = join(folder, "clock.yaml");
  const log = join(folder, "clock.log");
  const runtime = join(folder, "clocked-runc");
  writeFileSync(pod, podOf("bench-clock", ["sh", "-c", "cut -d' ' -f1 /proc/uptime"], CONTAINERS));
  const note = `case " $* " in *" run "*) read -r up rest </proc/uptime; echo "$up" >>${log};; esac`;
  writeFileSync(runtime, `#!/bin/sh\n${note}\nexec runc "$@"\n`, { mode: 0o755 });
  return Array.from({ length: ROUNDS }, () => {
    rmSync(log, { force: true });
    const command = `${secctx(pod)} --oci-runtime ${runtime}`;
    const { stdout, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
    const begun = readFileSync(log, "utf8").trim().split("\n").map(Number);
    const started = [...stdout.matchAll(/^demo\d+ +\| ([\d.]+)$/gm)].map(([, up]) => Number(up));
    if (begun.length !== CONTAINERS || started.length !== CONTAINERS) {
      throw new Error(`${begun.length} starts, ${started.length} containers: ${stdout}${stderr}`);
    }
    const under = (at: number): number =>
      begun.filter((up) => up <= at).length - started.filter((up) => up <= at).length;
    return Math.max(...begun.map(under));
  });
}

/** MiB, of the largest process: that is secctx itself, the runtime and the helpers are smaller. */
export function peakMemory(secctx: string): number[] {
  const command = `/usr/bin/time -f 'secctx-bench %M' ${secctx}`;
  return Array.from({ length: ROUNDS }, () => {
    const { status, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
    const [, kib] = /secctx-bench (\d+)\s*$/.exec(stderr) ?? [];
    if (status !== 0 || kib === undefined) throw new Error(stderr);
    return Number(kib) / 1024;
  });
}
