// Measures whole commands side by side in one run: wall and CPU time of each, interleaved, so that a noisy machine hits all alike.
import { spawnSync } from "node:child_process";

export interface Sample {
  /** Milliseconds: real time, and user + system time of the process and what it waited for. */
  readonly wall: number;
  readonly cpu: number;
}
export interface Measured {
  readonly name: string;
  readonly samples: readonly Sample[];
}
export interface Contestant {
  readonly name: string;
  /** A shell command line; its output goes nowhere. */
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs every contestant once per round, in turn; the first round warms the caches and does not count. */
export function measure(contestants: readonly Contestant[], rounds: number): Measured[] {
  const samples = contestants.map((): Sample[] => []);
  for (let round = -1; round < rounds; round += 1) {
    contestants.forEach((contestant, index) => {
      const sample = once(contestant);
      if (round >= 0) samples[index]?.push(sample);
    });
  }
  return contestants.map(({ name }, index) => ({ name, samples: samples[index] ?? [] }));
}

function once({ name, command, env }: Contestant): Sample {
  const script = `TIMEFORMAT='%3R %3U %3S'; time { ${command} ; } >/dev/null 2>/dev/null </dev/null`;
  const result = spawnSync("bash", ["-c", script], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", ...env },
  });
  const times = result.stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  const [real, user, system] = times;
  if (result.status !== 0 || real === undefined || user === undefined || system === undefined) {
    throw new Error(`${name}: exit ${result.status}: ${result.stderr}`);
  }
  return { wall: real * 1000, cpu: (user + system) * 1000 };
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { min: at(0), median: at(0.5), max: at(1) };
}

/** `12 / 14 / 30`: minimum, median, maximum. */
export function show(values: readonly number[], digits = 0): string {
  const { min, median, max } = spread(values);
  return [min, median, max].map((value) => value.toFixed(digits)).join(" / ");
}

export function table(measured: readonly Measured[]): string {
  const rows = measured.map(
    ({ name, samples }) =>
      `| ${name} | ${show(samples.map((s) => s.wall))} | ${show(samples.map((s) => s.cpu))} |`,
  );
  return [
    "| what | wall ms min / median / max | CPU ms min / median / max |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** The differences `a - b - …` round by round, so that the same moment of the machine is compared with itself. */
export function paired(
  measured: readonly Measured[],
  names: readonly string[],
  of: "wall" | "cpu",
): number[] {
  const [first, ...others] = names.map(
    (name) => measured.find((m) => m.name === name)?.samples ?? [],
  );
  return (first ?? []).map((sample, round) =>
    others.reduce((left, samples) => left - (samples[round]?.[of] ?? Number.NaN), sample[of]),
  );
}

/** Wall time of one ÷ that of another: round by round, and of the best of each. */
export function ratios(
  measured: readonly Measured[],
  dividend: string,
  divisor: string,
): { readonly paired: number[]; readonly minima: number } {
  const walls = (wanted: string) =>
    (measured.find(({ name }) => name === wanted)?.samples ?? []).map(({ wall }) => wall);
  const [above, below] = [walls(dividend), walls(divisor)];
  return {
    paired: above.map((wall, round) => wall / (below[round] ?? Number.NaN)),
    minima: Math.min(...above) / Math.min(...below),
  };
}
