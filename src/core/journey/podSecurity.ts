// Pod Security for a journey: both levels at the world's version, the highest that holds, and what the namespace enforces.
import type { PodDocument } from "../manifest/manifest.ts";
import type { Finding } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { admitPod, type PodVerdict } from "../podsecurity/admitPod.ts";
import { isEnforcedBy } from "../podsecurity/findings.ts";
import { type Level, type PodSecurityResult, podsecurity } from "../podsecurity/podsecurity.ts";

export interface PodSecurityWalk {
  readonly baseline: PodSecurityResult;
  readonly restricted: PodSecurityResult;
  readonly highest: Level;
  /** The 403 text, where the namespace of the world enforces a level that the pod (of a workload: its pods) misses. */
  readonly refusal?: string;
  /** Warning headers of the namespace's warn level. */
  readonly warnings: readonly string[];
  /** What the audit log notes of the object. */
  readonly auditAnnotations: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
}

/** `pod` is the defaulted pod; null (validation refused) judges the pod as written. */
export function podSecurityOf(
  document: PodDocument,
  pod: Pod | null,
  world: World,
): PodSecurityWalk {
  const { workload } = document;
  const name = document.pod.metadata?.name ?? workload.name;
  const judged = pod ?? { ...document.pod, metadata: { ...document.pod.metadata, name } };
  const version = world.kubernetes;
  const levels = ["baseline", "restricted"] as const;
  const { results } = podsecurity({ pod: judged, level: levels, version }, world).out;
  const baseline = results[`baseline:${version}`] ?? UNJUDGED;
  const restricted = results[`restricted:${version}`] ?? UNJUDGED;
  const highest = restricted.allowed ? "restricted" : baseline.allowed ? "baseline" : "privileged";
  const namespace = { ...world.namespace, name: workload.namespace ?? world.namespace.name };
  // Before the plugin there was nobody who read a namespace's labels.
  const admit = (kind: string) =>
    isEnforcedBy(world) ? admitPod({ pod: judged, kind, namespace }, world) : NOT_ADMITTED;
  const applied = admit(workload.kind);
  // A workload itself is only warned about; the pods that its controller creates are refused.
  const created = workload.kind === "Pod" ? applied : admit("Pod");
  const refusals = created.findings.filter((finding) => finding.severity === "refusal");
  const others = applied.findings.filter((finding) => finding.severity !== "refusal");
  const { warnings, auditAnnotations } = applied;
  const { refusal } = created;
  const findings = [...refusals, ...others];
  const walk: PodSecurityWalk = {
    baseline,
    restricted,
    highest,
    warnings,
    auditAnnotations,
    findings,
  };
  return refusal === undefined ? walk : { ...walk, refusal };
}

const NOT_ADMITTED: PodVerdict = { warnings: [], auditAnnotations: {}, findings: [] };

const UNJUDGED: PodSecurityResult = {
  allowed: true,
  reason: "",
  detail: "",
  message: "",
  failing: [],
};
