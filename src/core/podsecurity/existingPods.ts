// What a namespace hears about its pods when it is about to enforce a stricter level.
import type { Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { compareGoStrings, goQuote } from "../rules/goText.ts";
import { releaseOf } from "./admitPod.ts";
import { evaluatePod, forbiddenReason } from "./evaluate.ts";
import { exemptRuntimeClass } from "./exemptions.ts";
import { type LevelVersion, printLevelVersion } from "./level.ts";
import { textOf, viewPod } from "./podView.ts";

/** @see pod-security-admission v0.37.2 admission/admission.go defaultNamespaceMaxPodsToCheck */
const MAX_PODS_TO_CHECK = 3000;

/**
 * Warnings for the pods that the new level would not let in; the time limit of one second is none here.
 * @see pod-security-admission v0.37.2 admission/admission.go EvaluatePodsInNamespace
 */
export function evaluatePodsInNamespace(
  namespace: string,
  pods: readonly Pod[],
  enforce: LevelVersion,
  world: World,
): string[] {
  const prioritized = prioritizePods(pods, world);
  const checked = prioritized.slice(0, MAX_PODS_TO_CHECK);
  const namesByReason = new Map<string, string[]>();
  for (const pod of checked) {
    const view = viewPod(pod);
    const failures = evaluatePod(view, enforce.level, releaseOf(enforce.version, world));
    if (failures.length === 0) continue;
    const reason = forbiddenReason(failures);
    const names = namesByReason.get(reason) ?? [];
    names.push(view.name);
    namesByReason.set(reason, names);
  }
  const warnings: string[] = [];
  if (checked.length < prioritized.length) {
    warnings.push(
      `new PodSecurity enforce level only checked against the first ${checked.length} of ${prioritized.length} existing pods`,
    );
  }
  if (namesByReason.size > 0) {
    warnings.push(
      `existing pods in namespace ${goQuote(namespace)} violate the new PodSecurity enforce level ${goQuote(printLevelVersion(enforce))}`,
    );
  }
  const ofPods = [...namesByReason].map(([reason, names]) => `${namePods(names)}: ${reason}`);
  return [...warnings, ...ofPods.sort(compareGoStrings)];
}

/** @see pod-security-admission v0.37.2 admission/admission.go decoratePodWarnings */
function namePods(names: readonly string[]): string {
  const [first = ""] = [...names].sort(compareGoStrings);
  const others = names.length - 1;
  if (others === 0) return first;
  return others === 1 ? `${first} (and 1 other pod)` : `${first} (and ${others} other pods)`;
}

/**
 * Pods of exempt runtime classes are left out; of each controller one pod comes first, its others last.
 * @see pod-security-admission v0.37.2 admission/admission.go prioritizePods
 */
function prioritizePods(pods: readonly Pod[], world: World): readonly Pod[] {
  const first: Pod[] = [];
  const replicas: Pod[] = [];
  const seen = new Set<string>();
  for (const pod of pods) {
    const { spec } = viewPod(pod);
    if (exemptRuntimeClass(world.podSecurity.exemptions, textOf(spec.runtimeClassName))) continue;
    const controller = controllerOf(pod);
    if (controller === undefined || !seen.has(controller)) first.push(pod);
    else replicas.push(pod);
    if (controller !== undefined) seen.add(controller);
  }
  return [...first, ...replicas];
}

function controllerOf(pod: unknown): string | undefined {
  const owners: unknown = (pod as { metadata?: { ownerReferences?: unknown } } | null)?.metadata
    ?.ownerReferences;
  if (!Array.isArray(owners)) return undefined;
  const owner = owners.find(
    (reference: { controller?: unknown } | null) => reference?.controller === true,
  );
  return owner === undefined ? undefined : textOf((owner as { uid?: unknown }).uid);
}
