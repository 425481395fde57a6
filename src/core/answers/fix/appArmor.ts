// A forbidden AppArmor profile is taken out rather than replaced: a node without AppArmor refuses pods that ask for any.
import { APPARMOR_ANNOTATION_PREFIX } from "../../apiserver/appArmorAnnotation.ts";
import { containersOf, type Pod } from "../../model/pod.ts";
import { at, type KubeMinor, type Versioned } from "../../model/version.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";

const FIELD = "appArmorProfile";
/** Before, there were annotations alone. */
const KNOWN: Versioned<boolean> = [{ since: "v1.30", value: true }];

/** Without one, the runtime's own profile holds wherever the node has AppArmor. A container under a pod's profile names it. */
export function withoutAppArmor(
  pod: Pod,
  changes: readonly LevelChange[],
  kubernetes: KubeMinor,
): LevelChange[] {
  const ofPod = pod.spec?.securityContext?.[FIELD] ?? undefined;
  const podIsForbidden = changes.some(
    ({ path }) => path[1] === "securityContext" && path[2] === FIELD,
  );
  const isUnderPod = at(KNOWN, kubernetes) === true && ofPod !== undefined && !podIsForbidden;
  return changes.flatMap((change) => {
    if (change.check !== "appArmorProfile") return [change];
    if (change.path[0] === "metadata") {
      const own = isUnderPod ? profileOf(pod, change) : [];
      return [{ ...change, to: undefined }, ...own];
    }
    const inContainer = change.path[1] !== "securityContext";
    if (inContainer && isUnderPod) return [change];
    const path = change.path.slice(0, change.path.indexOf(FIELD) + 1);
    return [{ ...change, path, to: undefined }];
  });
}

/** The annotation was its container's own; without it the pod's profile would hold. */
function profileOf(pod: Pod, { path, check }: LevelChange): LevelChange[] {
  return containersOf(pod.spec)
    .filter(({ container }) => path.at(-1) === APPARMOR_ANNOTATION_PREFIX + container.name)
    .filter(({ container }) => (container.securityContext?.[FIELD] ?? undefined) === undefined)
    .map(({ path: own }) => ({
      path: [...own, "securityContext", FIELD, "type"],
      from: undefined,
      to: "RuntimeDefault",
      check,
    }));
}
