// Adds the golden table up per system and version: the rows of one version's hosts and configurations become one.

export interface GoldenRow {
  readonly system: string;
  readonly version: string;
  readonly agree: number;
  readonly total: number;
}

/** `1.1.5 apparmor` and `containerd 1.6.20 selinux` end behind their version's number. */
const VERSION = /^(?:\D+ )?\d+(?:\.\d+)*/;

/** One row per system and version, in the order of the first row of each. */
export function goldenTotals(rows: readonly GoldenRow[]): readonly GoldenRow[] {
  const totals = new Map<string, GoldenRow>();
  for (const { system, version, agree, total } of rows) {
    const base = VERSION.exec(version)?.[0] ?? version;
    const key = `${system} ${base}`;
    const known = totals.get(key) ?? { system, version: base, agree: 0, total: 0 };
    totals.set(key, { ...known, agree: known.agree + agree, total: known.total + total });
  }
  return [...totals.values()];
}

/** `99.48`; of nothing 0. */
export function percent({ agree, total }: GoldenRow): string {
  return total === 0 ? "0" : ((100 * agree) / total).toFixed(2);
}
