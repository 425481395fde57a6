// Pod Security's verdict on a pod as it is written, before any defaulting: which levels it meets, and what keeps it from the one asked.
import type { PodDocument } from "../manifest/manifest.ts";
import type { Finding } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import type { Level } from "../podsecurity/level.ts";
import { parseLevel } from "../podsecurity/level.ts";
import { type PodSecurityResult, podsecurity } from "../podsecurity/podsecurity.ts";
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

/** What each level says at the world's version; `level` is the one that was asked for. */
export function levelVerdicts(document: PodDocument, level: Level, world: World): LevelVerdicts {
  const version = world.kubernetes;
  const { results } = podsecurity({ pod: asWritten(document), level: LEVELS, version }, world).out;
  const baseline = results[`baseline:${version}`] ?? ALLOWED;
  const restricted = results[`restricted:${version}`] ?? ALLOWED;
  const highest = restricted.allowed ? "restricted" : baseline.allowed ? "baseline" : "privileged";
  const met = level === "privileged" || (level === "baseline" ? baseline : restricted).allowed;
  return {
    baseline: verdictOf(baseline),
    restricted: verdictOf(restricted),
    highest,
    level,
    met,
  };
}

/** One refusal per field that keeps the pod from the level; paths from the pod. */
export function levelFindings(
  document: PodDocument,
  level: Level,
  world: World,
): readonly Finding[] {
  if (level === "privileged") return [];
  const version = world.kubernetes;
  return podsecurity({ pod: asWritten(document), level, version }, world).findings;
}

/** The template of a workload bears no name: its pods are called after it. */
function asWritten({ pod, workload }: PodDocument): Pod {
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
