// What an upgrade through the versions of a range does to a pod that stays as it is: every break that is known, asked at each step.
import type { Finding } from "../model/finding.ts";
import type { AtVersion, Upgrade } from "./upgrade.ts";
import { fieldTakesEffect } from "./upgrades/fieldTakesEffect.ts";
import { levelLost } from "./upgrades/levelLost.ts";
import { refused } from "./upgrades/refused.ts";
import { seccompAnnotation } from "./upgrades/seccompAnnotation.ts";
import { seLinuxMount } from "./upgrades/seLinuxMount.ts";

/** By name. */
export const UPGRADES: readonly Upgrade[] = [
  fieldTakesEffect,
  levelLost,
  refused,
  seLinuxMount,
  seccompAnnotation,
];

/** Oldest version first; nothing where only one was asked. `versions` of each is the one that brings it. */
export function upgradeFindings(range: readonly AtVersion[]): UpgradeFinding[] {
  return range.flatMap((after, index) => {
    const before = range[index - 1];
    if (before === undefined) return [];
    const { kubernetes } = after.journey.world;
    return UPGRADES.flatMap(({ id, severity, find }) =>
      find(before, after).map((hit) => ({
        finding: {
          id,
          stage: "upgrade",
          severity,
          origin: `Kubernetes ${kubernetes.slice(1)}`,
          ...hit,
        },
        at: after,
      })),
    );
  });
}

export interface UpgradeFinding {
  readonly finding: Finding;
  readonly at: AtVersion;
}
