// Pods that only Windows nodes take: Pod Security spares them the Linux fields as soon as they say so.
import type { Pod } from "../../model/pod.ts";
import { at, type KubeMinor, type Versioned } from "../../model/version.ts";
import type { CheckId } from "../../podsecurity/check.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";
import type { FixNote } from "./fixed.ts";
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

/** What a Windows pod may be asked; of any other field, that it goes. */
const OF_WINDOWS: ReadonlySet<CheckId> = new Set<CheckId>([
  "hostNamespaces",
  "hostPathVolumes",
  "hostPorts",
  "hostProbesAndHostLifecycle",
  "restrictedVolumes",
  "runAsNonRoot",
  "windowsHostProcess",
]);

/** A Linux field that is missing is not added, one that the level forbids goes as a whole. */
export function forWindows(delta: readonly LevelChange[]): LevelChange[] {
  return delta.flatMap((change) => {
    if (OF_WINDOWS.has(change.check)) return [change];
    if (change.from === undefined) return [];
    const context = change.path.lastIndexOf("securityContext");
    const path = context === -1 ? change.path : change.path.slice(0, context + 2);
    return [{ ...change, path, to: undefined }];
  });
}

export const LINUX_FIELDS: FixNote = {
  kind: "left",
  path: ["spec"],
  message:
    "this version of Pod Security asks Linux fields of a Windows pod, whose nodes would refuse them",
};
