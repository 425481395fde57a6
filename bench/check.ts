// `secctx check` beside a Go program over the admission code itself and the linters that install from a registry: wall time,
// CPU time (user + system) and peak memory of whole processes, in turn on the same documents, so that a noisy machine hits all
// alike. Ratios are paired round by round with the Go reference, and in the summary with secctx.
//
// Peers are looked for in PEERS (default /tmp/secctx-bench-peers): psaRef is built there by this script when go is
// installed; `bash bench/peers/install.sh` fetches the others. What is not there is said with the reason, not measured.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EMPTY, OWN, type Peer, present, REFERENCE, SECCTX } from "./checkPeers.ts";
import { type DocumentSet, documentSets } from "./documentSets.ts";
import type { Figure, Figures } from "./figures.ts";
import { show, spread } from "./measure.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 5);
/** `SETS="1 in one file,1000 files"` measures these alone. */
const SETS = process.env["SETS"]?.split(",");
/** Who takes longer than that is measured once: seconds. */
const PATIENCE = 20;

interface Usage {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
}
interface Contest {
  readonly set: DocumentSet;
  readonly rows: readonly Row[];
}
interface Row {
  readonly peer: Peer;
  readonly usages: readonly Usage[];
  readonly judged: number;
  /** MiB. */
  readonly memory: number;
}

export function main(): Figures {
  const folder = mkdtempSync(join(tmpdir(), "secctx-bench-check-"));
  const { peers, leftOut } = present();
  try {
    const contests = documentSets(folder, ROUNDS)
      .filter(({ name }) => SETS === undefined || SETS.includes(name))
      .map((set) => {
        const contest = { set, rows: measured(set, peers) };
        console.log(detailed(contest));
        return contest;
      });
    for (const { name, reason } of leftOut) console.log(`not measured: ${name}: ${reason}`);
    const notes = leftOut.map(({ name, reason }) => `Not measured: ${name} (${reason}).`);
    return { rows: figuresOf(contests), table: { ...summary(contests), notes } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first round warms the caches of the machine, tells what each looks at, and does not count. */
function measured({ path, documents, rounds }: DocumentSet, peers: readonly Peer[]): Row[] {
  const taking = peers
    .filter(({ most }) => documents <= most)
    .map((peer) => ({ peer, ...listen(peer, path), usages: [] as Usage[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { peer, judged, usages } of taking) {
      const isSlow = (usages[0]?.wall ?? 0) > PATIENCE * 1000;
      if (judged > 0 && !isSlow) usages.push(once(peer, path));
    }
  }
  return taking;
}

function detailed({ set, rows }: Contest): string {
  const reference = usagesOf(rows, REFERENCE);
  const lines = rows.map(({ peer, usages, judged, memory }) => {
    if (usages.length === 0) return `| ${peer.name} | ends without an answer | | | | | |`;
    const cells = [
      ...[peer.name, String(judged)],
      ...[show(usages.map(({ wall }) => wall)), show(usages.map(({ cpu }) => cpu))],
      String(Math.round(memory)),
      ...(["wall", "cpu"] as const).map((of) => ratioText(usages, reference, of, 2)),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    `### ${set.name}\n`,
    "| what | judged (checkov, kube-linter: checks) | wall ms min / median / max | CPU ms min / median / max | peak MiB | wall ÷ Go reference | CPU ÷ Go reference |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}

function usagesOf(rows: readonly Row[], name: string): readonly Usage[] {
  return rows.find(({ peer }) => peer.name === name)?.usages ?? [];
}

/** Round by round, as far as both were measured. */
function ratios(own: readonly Usage[], other: readonly Usage[], of: "wall" | "cpu"): number[] {
  return own.slice(0, other.length).map((usage, round) => usage[of] / (other[round]?.[of] || 1));
}

function ratioText(
  own: readonly Usage[],
  other: readonly Usage[],
  of: "wall" | "cpu",
  digits: number,
): string {
  const all = ratios(own, other, of);
  return all.length === 0 ? "–" : show(all, digits);
}

/** The rows of the README. */
function figuresOf(contests: readonly Contest[]): Figure[] {
  return contests.flatMap(({ set, rows }): Figure[] => {
    const [own, reference] = [usagesOf(rows, SECCTX), usagesOf(rows, REFERENCE)];
    const what = `\`check -o jsonl\` of ${set.title}`;
    if (set.documents === 1) {
      const empty = usagesOf(rows, EMPTY.name);
      const above = own.map(({ cpu }, round) => cpu - (empty[round]?.cpu ?? Number.NaN));
      return [{ what: `${what}, above \`node -e 0\`, CPU ms, paired`, values: show(above) }];
    }
    if (reference.length === 0) return [];
    const peak = Math.round(rows.find(({ peer }) => peer.name === SECCTX)?.memory ?? 0);
    return (["wall", "cpu"] as const).map((of) => ({
      what: `${what} ÷ Go reference, ${of === "wall" ? "wall" : "CPU"}, paired (peak ${peak} MiB)`,
      values: ratioText(own, reference, of, 2),
    }));
  });
}

/** Each peer's wall time by that of `check -o jsonl`, the median of the paired rounds. */
function summary(contests: readonly Contest[]): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const names = [...new Set(contests.flatMap(({ rows }) => rows.map(({ peer }) => peer.name)))];
  const others = names.filter((name) => name !== EMPTY.name && name !== OWN[0]?.name);
  const rows = others.map((name) => [
    name === REFERENCE ? `${name} (\`bench/peers/psaRef\`)` : name,
    ...contests.map(({ rows }) => {
      const row = rows.find(({ peer }) => peer.name === name);
      if (row === undefined) return "–";
      if (row.usages.length === 0) return "no answer";
      const { median } = spread(ratios(row.usages, usagesOf(rows, SECCTX), "wall"));
      return median.toFixed(median < 10 ? 2 : 0);
    }),
  ]);
  return {
    head: ["wall ÷ `secctx check -o jsonl`", ...contests.map(({ set }) => set.title)],
    rows,
  };
}

/** Findings and broken manifests are no failures of the measured program; that it did not start is. */
function once({ name, words }: Peer, path: string): Pick<Usage, "wall" | "cpu"> {
  const script = `TIMEFORMAT='secctx-bench %3R %3U %3S'; time "$@" >/dev/null 2>/dev/null`;
  const { stderr, status } = spawnSync("bash", ["-c", script, "bash", ...words(path)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  const [, wall, user, system] = /secctx-bench ([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? [];
  if (wall === undefined || (status ?? 127) >= 126) throw new Error(`${name}: exit ${status}`);
  return { wall: Number(wall) * 1000, cpu: (Number(user) + Number(system)) * 1000 };
}

/** What it says it looked at, and its peak memory; `time` of GNU counts in hundredths of a second, so no more is read off it. */
function listen({ name, words, judged }: Peer, path: string): Pick<Row, "judged" | "memory"> {
  const result = spawnSync("/usr/bin/time", ["-f", "secctx-bench %M", ...words(path)], {
    encoding: "utf8",
    maxBuffer: 1024 * 1024 * 1024,
  });
  const [, kib] = /secctx-bench (\d+)\s*$/.exec(result.stderr ?? "") ?? [];
  if (kib === undefined || (result.status ?? 127) >= 126) {
    throw new Error(`${name}: exit ${result.status}: ${result.stderr?.slice(-500)}`);
  }
  return { judged: judged(`${result.stdout}\n${result.stderr}`), memory: Number(kib) / 1024 };
}
