// Which checks run at a level and version: baseline's alone, or restricted's with those of baseline that none overrides.
import { at, type KubeMinor, olderOf, type Versioned } from "../model/version.ts";
import type { Check, CheckId, CheckPod } from "./check.ts";
import { CHECKS } from "./checks.ts";
import type { Level } from "./level.ts";

/** A check with the behaviour that it has from one version to the next. */
export interface RunningCheck {
  readonly id: CheckId;
  readonly checkPod: CheckPod;
  /** Of all behaviours of all checks. */
  readonly index: number;
}
const BEHAVIOURS = CHECKS.flatMap((check) => check.versions.map((row) => ({ check, row })));

const RUNNING: ReadonlyMap<Check, Versioned<RunningCheck>> = new Map(
  CHECKS.map((check) => [check, behavioursOf(check)]),
);

function behavioursOf(check: Check): Versioned<RunningCheck> {
  return BEHAVIOURS.flatMap(({ check: owner, row }, index) =>
    owner === check
      ? [{ since: row.since, value: { id: check.id, checkPod: row.value, index } }]
      : [],
  );
}

/** Every version at which some check begins or changes, rising. */
export const POLICY_CHANGES: readonly KubeMinor[] = risingOnce(
  CHECKS.flatMap((check) => check.versions.map(({ since }) => since)),
);

const POLICIES: Readonly<Record<Level, (version: KubeMinor) => readonly RunningCheck[]>> = {
  privileged: () => [],
  baseline: baselineAt,
  restricted: restrictedAt,
};

/** What was asked for once is ready: looking through the rows takes longer than the checks. */
const READY: Readonly<Record<Level, Map<KubeMinor, readonly RunningCheck[]>>> = {
  privileged: new Map(),
  baseline: new Map(),
  restricted: new Map(),
};

/** The checks of a level at a version, in the order in which refusals are listed. Beyond the newest known, the newest. */
export function policyAt(level: Level, version: KubeMinor): readonly RunningCheck[] {
  const ready = READY[level].get(version);
  if (ready !== undefined) return ready;
  const policy = POLICIES[level](version);
  READY[level].set(version, policy);
  return policy;
}

function baselineAt(version: KubeMinor): RunningCheck[] {
  return runningAt(
    CHECKS.filter((check) => check.level === "baseline"),
    version,
  );
}

/** @see pod-security-admission v0.37.2 policy/registry.go populate */
function restrictedAt(version: KubeMinor): RunningCheck[] {
  const restricted = CHECKS.filter((check) => check.level === "restricted");
  const overridden = new Set(
    restricted
      .filter((check) => at(check.versions, version) !== undefined)
      .flatMap((check) => check.overrides ?? []),
  );
  const baseline = baselineAt(version).filter((check) => !overridden.has(check.id));
  return [...baseline, ...runningAt(restricted, version)];
}

function runningAt(checks: readonly Check[], version: KubeMinor): RunningCheck[] {
  return checks
    .map((check) => at(RUNNING.get(check) ?? [], version))
    .filter((running) => running !== undefined);
}

function risingOnce(versions: readonly KubeMinor[]): KubeMinor[] {
  return [...new Set(versions)].sort((a, b) => (olderOf(a, b) === a ? -1 : 1));
}
