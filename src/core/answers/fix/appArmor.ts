// A forbidden AppArmor profile is taken out rather than replaced: a node without AppArmor refuses pods that ask for any.
import type { Pod } from "../../model/pod.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";

const FIELD = "appArmorProfile";

/** Without one, the runtime's own profile holds wherever the node has AppArmor. A container under a pod's profile names it. */
export function withoutAppArmor(pod: Pod, changes: readonly LevelChange[]): LevelChange[] {
  const ofPod = pod.spec?.securityContext?.[FIELD] ?? undefined;
  const podIsForbidden = changes.some(
    ({ path }) => path[1] === "securityContext" && path[2] === FIELD,
  );
  return changes.map((change) => {
    if (change.check !== "appArmorProfile") return change;
    if (change.path[0] === "metadata") return { ...change, to: undefined };
    const inContainer = change.path[1] !== "securityContext";
    if (inContainer && ofPod !== undefined && !podIsForbidden) return change;
    const path = change.path.slice(0, change.path.indexOf(FIELD) + 1);
    return { ...change, path, to: undefined };
  });
}
