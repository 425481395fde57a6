// The recordings of podsecurity against secctx's prediction.
import type { Pod } from "../../src/core/model/pod.ts";
import { DEFAULT_WORLD } from "../../src/core/model/world.ts";
import { CHECKS } from "../../src/core/podsecurity/checks.ts";
import { type Level, podsecurity } from "../../src/core/podsecurity/podsecurity.ts";
import { type GoldenCase, type GoldenSuite, goldenRows } from "../golden.ts";
import { ADMISSION_SUITES } from "./admission.ts";

const FOLDER = "pod-security-0.37.2";
const LEVELS: readonly Level[] = ["baseline", "restricted"];
const RELEASES = Array.from({ length: 38 }, (_, minor) => `v1.${minor}`);
const BEYOND = ["v1.38", "v1.99"];
const VERSIONS = [...RELEASES, "latest", ...BEYOND];

interface Recorded {
  readonly allowed: boolean;
  readonly reason?: string;
  readonly detail?: string;
  readonly failing?: readonly string[];
}
type Results = Readonly<Record<string, Recorded>>;

export interface PsaRow {
  readonly name: string;
  readonly pod: Pod;
  readonly serverPod?: Pod;
  readonly results: Results;
  readonly serverResults?: Results;
}
interface FixtureRow {
  readonly name: string;
  readonly pod: Pod;
  readonly results: Results;
}

interface CheckRow {
  readonly id: string;
  readonly level: string;
  readonly versions: readonly {
    readonly minimumVersion: string;
    readonly overrides?: readonly string[];
  }[];
}

export const PODSECURITY_SUITES: readonly GoldenSuite[] = [
  {
    system: "pod-security-admission",
    version: "0.37.2 checks",
    cases: () => goldenRows<CheckRow>(`${FOLDER}/psa-checks.jsonl`).map(checkCase),
  },
  ...ADMISSION_SUITES,
  {
    system: "pod-security-admission",
    version: "0.37.2 pods as written",
    cases: () =>
      goldenRows<PsaRow>(`${FOLDER}/psa.jsonl`).map((row) =>
        verdicts(row.name, row.pod, row.results),
      ),
  },
  {
    system: "pod-security-admission",
    version: "0.37.2 pods after defaulting",
    cases: () =>
      goldenRows<PsaRow>(`${FOLDER}/psa.jsonl`).flatMap((row) =>
        row.serverPod === undefined
          ? []
          : [verdicts(row.name, row.serverPod, row.serverResults ?? row.results)],
      ),
  },
  {
    system: "pod-security-admission",
    version: "0.37.2 upstream's fixtures",
    cases: () =>
      goldenRows<FixtureRow>(`${FOLDER}/psa-fixtures.jsonl`).map((row) =>
        verdicts(row.name, row.pod, row.results),
      ),
  },
];

/** What a check is, at which level, since when, and whom it stands in for. */
function checkCase(row: CheckRow): GoldenCase {
  return {
    name: row.id,
    expected: row,
    predict: () => {
      const { id, level, versions, overrides } =
        CHECKS.find((check) => check.id === row.id) ?? NO_CHECK;
      return {
        id,
        level,
        versions: versions.map(({ since }) => ({ minimumVersion: since, overrides })),
      };
    },
  };
}

const NO_CHECK = { id: "", level: "", versions: [], overrides: undefined };

/** One pod at every level and version. */
export function verdicts(name: string, pod: Pod, recorded: Results): GoldenCase {
  return {
    name,
    expected: everyVersion(pod.metadata?.name ?? "", recorded),
    predict: () => predicted(pod, recorded),
  };
}

/** Which checks fail is recorded only where the verdict changes, so it is compared only there. */
function predicted(pod: Pod, recorded: Results): object {
  const input = { pod, level: LEVELS, version: VERSIONS };
  const { results } = podsecurity(input, DEFAULT_WORLD).out;
  return Object.fromEntries(
    Object.entries(results).map(([policy, result]) => [
      policy,
      recorded[policy] === undefined ? { ...result, failing: undefined } : result,
    ]),
  );
}

/** Recorded are only the versions where a verdict changes; a version beyond the newest is judged as the newest. */
function everyVersion(name: string, recorded: Results): Record<string, unknown> {
  const full: Record<string, unknown> = {};
  for (const level of LEVELS) {
    let carried: Recorded | undefined;
    for (const version of [...RELEASES, ...BEYOND]) {
      const policy = `${level}:${version}`;
      const own = recorded[policy];
      carried = own ?? carried;
      full[policy] = { ...answer(name, policy, carried), failing: own && (own.failing ?? []) };
    }
    const latest = `${level}:latest`;
    const own = recorded[latest];
    full[latest] = { ...answer(name, latest, own), failing: own?.failing ?? [] };
  }
  return full;
}

function answer(name: string, policy: string, verdict: Recorded | undefined): object | undefined {
  if (verdict === undefined) return undefined;
  const { allowed, reason = "", detail = "" } = verdict;
  const message = `pods "${name}" is forbidden: violates PodSecurity "${policy}": ${detail}`;
  return { allowed, reason, detail, message: allowed ? "" : message };
}
