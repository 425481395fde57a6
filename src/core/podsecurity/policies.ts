// Which checks run at a level and version: baseline's alone, or restricted's with those of baseline that none overrides.
import { at, type KubeMinor, olderOf, type Versioned } from "../model/version.ts";
import type { Check, CheckId, CheckPod } from "./check.ts";
import { CHECKS } from "./checks.ts";
import type { Level } from "./level.ts";

/** A check with the behaviour that it has at one version. */
export interface RunningCheck {
  readonly id: CheckId;
  readonly checkPod: CheckPod;
}
export type Policies = Versioned<readonly RunningCheck[]>;

const NO_CHECKS: readonly RunningCheck[] = [];

/** Every version at which some check begins or changes, rising. */
export const POLICY_CHANGES: readonly KubeMinor[] = risingOnce(
  CHECKS.flatMap((check) => check.versions.map(({ since }) => since)),
);

const POLICIES: Readonly<Record<Level, Policies>> = {
  privileged: [],
  baseline: POLICY_CHANGES.map((since) => ({ since, value: baselineAt(since) })),
  restricted: POLICY_CHANGES.map((since) => ({ since, value: restrictedAt(since) })),
};

/** The checks of a level at a version, in the order in which refusals are listed. Beyond the newest known, the newest. */
export function policyAt(level: Level, version: KubeMinor): readonly RunningCheck[] {
  return at(POLICIES[level], version) ?? NO_CHECKS;
}

function baselineAt(version: KubeMinor): RunningCheck[] {
  return running(
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
  return [...baseline, ...running(restricted, version)];
}

function running(checks: readonly Check[], version: KubeMinor): RunningCheck[] {
  const found: RunningCheck[] = [];
  for (const { id, versions } of checks) {
    const checkPod = at(versions, version);
    if (checkPod !== undefined) found.push({ id, checkPod });
  }
  return found;
}

function risingOnce(versions: readonly KubeMinor[]): KubeMinor[] {
  return [...new Set(versions)].sort((a, b) => (olderOf(a, b) === a ? -1 : 1));
}
