// The users that were told, and runAsNonRoot, at the pod's level where that changes nothing else, at the container's otherwise.
import type { Int64 } from "../../model/json.ts";
import { containersOf, type Pod } from "../../model/pod.ts";
import type { Change } from "../../podsecurity/check.ts";
import type { ContainerUser } from "./users.ts";

const OF_POD = ["spec", "securityContext"];

/** runAsUser for everyone who was told one. */
export function userChanges(pod: Pod, users: readonly ContainerUser[]): Change[] {
  const from = pod.spec?.securityContext?.runAsUser ?? undefined;
  const inheriting = users.filter(({ inherits }) => inherits);
  const shared = sharedUid(inheriting);
  const changes: Change[] = [];
  if (shared !== undefined) {
    changes.push({ path: [...OF_POD, "runAsUser"], from, to: shared });
  } else if (from === 0 && inheriting.every(({ answer }) => answer.is === "set")) {
    changes.push({ path: [...OF_POD, "runAsUser"], from, to: undefined });
  }
  for (const { at, answer, inherits } of users) {
    if (answer.is !== "set" || (inherits && shared !== undefined)) continue;
    const own = at.container.securityContext?.runAsUser ?? undefined;
    changes.push({ path: [...at.path, "securityContext", "runAsUser"], from: own, to: answer.uid });
  }
  return changes;
}

/** The uid of all that inherit, where they all get the same. */
function sharedUid(inheriting: readonly ContainerUser[]): Int64 | undefined {
  const uids = inheriting.map(({ answer }) => (answer.is === "set" ? answer.uid : undefined));
  return uids.every((uid) => uid === uids[0]) ? uids[0] : undefined;
}

/**
 * What the level wants of runAsNonRoot, but not of containers whose user is in the way.
 * @param wanted the changes as for a pod without such containers
 */
export function nonRootChanges(
  pod: Pod,
  users: readonly ContainerUser[],
  wanted: readonly Change[],
): Change[] {
  const blocked = users.filter(({ answer }) => answer.is === "blocked");
  if (wanted.length === 0 || blocked.length === 0) return [...wanted];
  const ofPod = pod.spec.securityContext?.runAsNonRoot ?? undefined;
  return containersOf(pod.spec).flatMap(({ container, path }) => {
    if (blocked.some(({ at }) => at.path.join() === path.join())) return [];
    const from = container.securityContext?.runAsNonRoot ?? undefined;
    if ((from ?? ofPod) === true) return [];
    return [{ path: [...path, "securityContext", "runAsNonRoot"], from, to: true }];
  });
}
