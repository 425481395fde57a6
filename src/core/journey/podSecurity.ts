// Pod Security for a journey: both levels at the world's version, the highest that holds, and what the namespace enforces.
import type { PodDocument } from "../manifest/manifest.ts";
import type { Finding } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { type Level, type PodSecurityResult, podsecurity } from "../podsecurity/podsecurity.ts";

export interface PodSecurityWalk {
  readonly baseline: PodSecurityResult;
  readonly restricted: PodSecurityResult;
  readonly highest: Level;
  /** The 403 text, where the namespace of the world enforces a level that the pod does not meet. */
  readonly refusal?: string;
  readonly findings: readonly Finding[];
}

const ENFORCE = "pod-security.kubernetes.io/enforce";

/** `pod` is the defaulted pod; null (validation refused) judges the pod as written. */
export function podSecurityOf(
  document: PodDocument,
  pod: Pod | null,
  world: World,
): PodSecurityWalk {
  const judged = pod ?? {
    ...document.pod,
    metadata: { ...document.pod.metadata, name: document.workload.name },
  };
  const version = world.kubernetes;
  const { results } = podsecurity(
    { pod: judged, level: ["baseline", "restricted"], version },
    world,
  ).out;
  const baseline = results[`baseline:${version}`] ?? UNJUDGED;
  const restricted = results[`restricted:${version}`] ?? UNJUDGED;
  const highest = restricted.allowed ? "restricted" : baseline.allowed ? "baseline" : "privileged";
  const walk = { baseline, restricted, highest } as const;
  const level =
    world.namespace.labels[ENFORCE] ?? world.podSecurity.defaults["enforce"] ?? "privileged";
  if (level !== "baseline" && level !== "restricted") return { ...walk, findings: [] };
  const enforced =
    world.namespace.labels[`${ENFORCE}-version`] ??
    world.podSecurity.defaults["enforce-version"] ??
    "latest";
  const report = podsecurity({ pod: judged, level, version: enforced }, world);
  const result = report.out.results[`${level}:${enforced}`];
  if (result === undefined || result.allowed) return { ...walk, findings: [] };
  return { ...walk, refusal: result.message, findings: report.findings };
}

const UNJUDGED: PodSecurityResult = { allowed: true, reason: "", detail: "", message: "" };
