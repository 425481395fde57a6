// What `secctx run` of a pod running `true` costs, from manifest to removal, beside what it cannot do without (an empty Node
// process, the bare OCI runtime on the same config), beside podman and Docker, with ten containers, and in memory.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Daemon, lacksDocker, startDockerd } from "../test/daemons.ts";
import type { Figures } from "./figures.ts";
import { type Measured, measure, paired, ratios, show, table } from "./measure.ts";
import { bundleOf, docker, IMAGE, LAYOUT, podman, removeBundleGroups } from "./runPeers.ts";
import { atOnce, CONTAINERS, peakMemory, podOf } from "./tenContainers.ts";

const ROUNDS = 15;
const NODE = "node -e 0";
const RUNC = "runc run, same config";
const ONE = "secctx run";
const TEN = `secctx run, ${CONTAINERS} containers`;
const PODMAN = "podman kube play + down";
const DOCKER = "docker run --rm";

export async function main(): Promise<Figures> {
  if (process.getuid?.() !== 0) throw new Error("bench run: containers need root");
  const folder = mkdtempSync(join(tmpdir(), "secctx-bench-run-"));
  const lacking = lacksDocker();
  const daemon = lacking === undefined ? await startDockerd() : undefined;
  try {
    if (lacking !== undefined) console.log(`Docker: ${lacking}`);
    return measureAll(folder, daemon);
  } finally {
    await daemon?.stop();
    await removeBundleGroups();
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureAll(folder: string, daemon: Daemon | undefined): Figures {
  const one = join(folder, "one.yaml");
  const ten = join(folder, "ten.yaml");
  writeFileSync(one, podOf("bench-one", ["true"], 1));
  writeFileSync(ten, podOf("bench-ten", ["true"], CONTAINERS));
  const secctx = (pod: string): string => `dist/secctx.cjs run ${pod} --image ${IMAGE}=${LAYOUT}`;
  bundleOf(secctx(one), folder);
  const measured = measure(
    [
      { name: NODE, command: NODE },
      { name: RUNC, command: `runc run --bundle ${folder}/bundle secctx-bench-$$` },
      { name: ONE, command: secctx(one) },
      { name: TEN, command: secctx(ten) },
      ...podman(one, folder),
      ...(daemon === undefined ? [] : docker(daemon, folder)),
    ],
    ROUNDS,
  );
  console.log(table(measured));
  const rows = [
    [
      "`run` of a pod running `true`, above `node -e 0` + bare `runc run`, wall ms, paired",
      show(paired(measured, [ONE, NODE, RUNC], "wall")),
    ],
    ...ratioRow(
      measured,
      PODMAN,
      ONE,
      "`podman kube play` + `down` of the same file ÷ `secctx run`",
    ),
    ...ratioRow(measured, DOCKER, ONE, "`docker run --rm` of the same image ÷ `secctx run`"),
    ...ratioRow(measured, TEN, ONE, `\`run\` of ${CONTAINERS} containers ÷ one`),
    [`starts under way at once, of ${CONTAINERS} containers`, show(atOnce(secctx, folder))],
    ["memory of secctx itself, peak RSS in MiB", show(peakMemory(secctx(one)))],
  ];
  return { rows: rows.map(([what = "", values = ""]) => ({ what, values })) };
}

function ratioRow(
  measured: readonly Measured[],
  dividend: string,
  divisor: string,
  what: string,
): string[][] {
  if (!measured.some(({ name }) => name === dividend)) return [];
  const { paired: each, minima } = ratios(measured, dividend, divisor);
  return [[`${what}, wall, paired (minima ${minima.toFixed(1)})`, show(each, 1)]];
}
