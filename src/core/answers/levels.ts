// Pod Security's verdict on a pod as it is written, but for fields that the release drops, before any defaulting: which levels it meets, and what keeps it from the one asked.
import type { PodDocument } from "../manifest/manifest.ts";
import type { Finding } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import type { Level } from "../podsecurity/level.ts";
import { parseLevel } from "../podsecurity/level.ts";
import { type PodSecurityResult, podsecurity } from "../podsecurity/podsecurity.ts";
import { asJudged } from "./asJudged.ts";
import type { CheckedPod } from "./checked.ts";
import { verdictOf } from "./explain.ts";

export type LevelVerdicts = Omit<CheckedPod["podSecurity"], "namespace">;

const LEVELS = ["baseline", "restricted"] as const;
const ALLOWED: PodSecurityResult = {
  allowed: true,
  reason: "",
  detail: "",
  message: "",
  failing: [],
};

export interface LevelAnswer {
  readonly verdicts: LevelVerdicts;
  /** One refusal per field that keeps the pod from the level that was asked for; paths from the pod. */
  readonly findings: readonly Finding[];
}

export interface LevelRequest {
  /** The one that was asked for. */
  readonly level: Level;
  /** The API server takes the pod: what it drops of it, Pod Security never sees. */
  readonly isAccepted: boolean;
}

/** What each level says at the world's version. */
export function judgeLevels(
  document: PodDocument,
  { level, isAccepted }: LevelRequest,
  world: World,
): LevelAnswer {
  const version = world.kubernetes;
  // What two levels say alike is told once, in the words of the first.
  const levels = level === "baseline" ? LEVELS : LEVELS.toReversed();
  const named = withName(document);
  const pod = isAccepted ? asJudged(named, world) : named;
  const report = podsecurity({ pod, level: levels, version }, world);
  const { results } = report.out;
  const baseline = results[`baseline:${version}`] ?? ALLOWED;
  const restricted = results[`restricted:${version}`] ?? ALLOWED;
  const highest = restricted.allowed ? "restricted" : baseline.allowed ? "baseline" : "privileged";
  const asked = level === "privileged" ? ALLOWED : level === "baseline" ? baseline : restricted;
  const failing = asked.failing.map((check) => `podsecurity.${check}`);
  return {
    verdicts: {
      baseline: verdictOf(baseline),
      restricted: verdictOf(restricted),
      highest,
      level,
      met: asked.allowed,
    },
    findings: report.findings
      .filter(({ id }) => failing.includes(id))
      .map((finding) => ({ ...finding, answer: asked.message, asked: true })),
  };
}

/** The template of a workload bears no name: its pods are called after it. */
function withName({ pod, workload }: PodDocument): Pod {
  const name = pod.metadata?.name ?? workload.name;
  return { ...pod, metadata: { ...pod.metadata, name } };
}

const ENFORCE = "pod-security.kubernetes.io/enforce";

/**
 * The level that a careful user means who names none: what the pod's namespace enforces, or the cluster's defaults do;
 * where neither says anything, restricted.
 */
export function levelOf({ namespace, podSecurity }: World): Level {
  const told = namespace.labels[ENFORCE] ?? podSecurity.defaults["enforce"];
  return told === undefined ? "restricted" : parseLevel(told).value;
}
