// Pods that only Windows nodes take: Pod Security spares them the Linux fields as soon as they say so.
import type { Pod } from "../../model/pod.ts";
import { at, type KubeMinor, type Versioned } from "../../model/version.ts";
import type { PodPlan } from "./podPlan.ts";

const SELECTORS = ["kubernetes.io/os", "beta.kubernetes.io/os"];
/** Since then checks of Linux fields pass over pods that name their system. */
const SPARED: Versioned<boolean> = [{ since: "v1.25", value: true }];

/** By its own word or by the nodes that it asks for. */
export function isForWindows(pod: Pod): boolean {
  const os = pod.spec?.os?.name;
  if (os !== undefined) return os === "windows";
  return SELECTORS.some((label) => pod.spec?.nodeSelector?.[label] === "windows");
}

export function sayWindows(pod: Pod, kubernetes: KubeMinor): PodPlan {
  if (!isForWindows(pod) || pod.spec.os?.name !== undefined || at(SPARED, kubernetes) !== true) {
    return { changes: [], notes: [] };
  }
  const path = ["spec", "os"];
  return {
    changes: [{ path, from: pod.spec.os, to: { name: "windows" } }],
    notes: [
      {
        kind: "corrected",
        path,
        message:
          "the pod asks for Windows nodes: with os.name it says so, and Linux fields are not asked of it",
      },
    ],
  };
}
