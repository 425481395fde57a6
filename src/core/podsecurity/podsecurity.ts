// Pod Security: the checks of baseline and restricted for every version of the policy.
import type { Finding, Gate } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { KubeMinor } from "../model/version.ts";
import type { World } from "../model/world.ts";
import {
  evaluatePod,
  type Failure,
  forbidden,
  forbiddenDetail,
  forbiddenReason,
  type Judgements,
  violates,
} from "./evaluate.ts";
import { addFindings } from "./findings.ts";
import { type Level, type LevelVersion, parseLevel, parseVersion } from "./level.ts";
import { type PodView, viewPod } from "./podView.ts";

export type { Level } from "./level.ts";

export interface PodSecurityInput {
  /** As it is, undefaulted or not; whatever is malformed in it counts as absent. */
  readonly pod: Pod;
  readonly level: Level | readonly Level[];
  /** `v1.25`, `latest`; or several. */
  readonly version: string | readonly string[];
}
export interface PodSecurityResult {
  readonly allowed: boolean;
  /** `host namespaces, hostPort`; `""` where allowed. */
  readonly reason: string;
  /** `host namespaces (hostPID=true), hostPort (container "c" uses hostPort 80)`; `""` where allowed. */
  readonly detail: string;
  /** The whole 403 text; `""` where allowed. */
  readonly message: string;
  /** Ids of the checks that refuse the pod, in their order. */
  readonly failing: readonly string[];
}
export interface PodSecurityAnswer {
  /** Keyed `restricted:v1.37`, for each level and version asked. */
  readonly results: Readonly<Record<string, PodSecurityResult>>;
}

const ALLOWED: PodSecurityResult = {
  allowed: true,
  reason: "",
  detail: "",
  message: "",
  failing: [],
};

/**
 * Judges a pod at every level and version asked. `latest` is the release of the world; a version newer than the newest
 * known is judged as that one and printed as asked. What is no level counts as restricted and what is no version as
 * latest, as upstream falls back. Findings: one for each field that a check objects to.
 */
export function podsecurity(
  input: PodSecurityInput,
  world: World,
  _options?: StageOptions,
): StageReport<PodSecurityAnswer> {
  const pod = viewPod(input.pod);
  const results: Record<string, PodSecurityResult> = {};
  const gates: Gate[] = [];
  const findings: Finding[] = [];
  const told: Told[] = [];
  const known: Judgements = [];
  for (const version of several(input.version)) {
    for (const level of several(input.level)) {
      const policy = { level: parseLevel(level).value, version: parseVersion(version).value };
      const failures = evaluatePod(pod, policy.level, releaseOf(policy, world), known);
      const prefix = violates(policy);
      const key = `${level}:${version}`;
      results[key] = resultOf(pod, prefix, failures);
      for (const failure of failures) {
        if (tellingOf(failure, told) !== undefined) continue;
        const first = findings.length;
        addFindings(findings, failure, world, { severity: "refusal", prefix });
        told.push({ failure, finding: findings[first] });
      }
      gates.push(gateOf(key, failures[0] && tellingOf(failures[0], told)?.finding));
    }
  }
  return { stage: "podsecurity", out: { results }, trace: [], gates, findings };
}

/** The same words of the same check are told once, at whichever level and version they come first. */
interface Told {
  readonly failure: Failure;
  readonly finding: Finding | undefined;
}

function tellingOf({ check, detail }: Failure, told: readonly Told[]): Told | undefined {
  return told.find(({ failure }) => failure.check === check && failure.detail === detail);
}

function several<T extends string>(value: T | readonly T[]): readonly T[] {
  return isList(value) ? value : [value];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function releaseOf({ version }: LevelVersion, world: World): KubeMinor {
  return version === "latest" ? world.kubernetes : version;
}

function resultOf(pod: PodView, prefix: string, failures: readonly Failure[]): PodSecurityResult {
  if (failures.length === 0) return ALLOWED;
  const detail = forbiddenDetail(failures);
  return {
    allowed: false,
    reason: forbiddenReason(failures),
    detail,
    message: forbidden(pod.name, prefix + detail),
    failing: failures.map(({ check }) => check),
  };
}

function gateOf(key: string, finding: Finding | undefined): Gate {
  const id = `podsecurity.${key}`;
  return finding === undefined
    ? { id, stage: "podsecurity" }
    : { id, stage: "podsecurity", finding };
}
