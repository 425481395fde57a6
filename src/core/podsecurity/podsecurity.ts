// Pod Security: the checks of baseline and restricted for every version of the policy.
import type { Pod } from "../model/pod.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";

export type Level = "privileged" | "baseline" | "restricted";

export interface PodSecurityInput {
  readonly pod: Pod;
  readonly level: Level | readonly Level[];
  /** `v1.25`, `latest`; or several. */
  readonly version: string | readonly string[];
}
export interface PodSecurityResult {
  readonly allowed: boolean;
  readonly reason: string;
  readonly detail: string;
  readonly message: string;
}
export interface PodSecurityAnswer {
  readonly results: Readonly<Record<string, PodSecurityResult>>;
}

export function podsecurity(
  _input: PodSecurityInput,
  _world: World,
  _options?: StageOptions,
): StageReport<PodSecurityAnswer> {
  throw new Error("not built");
}
