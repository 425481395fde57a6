// What the level asks of a container that stays privileged, and that cannot be, or means nothing, beside `privileged: true`.
import { containersOf, type Pod } from "../../model/pod.ts";
import type { CheckId } from "../../podsecurity/check.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";
import { fieldOf, placeOf } from "./takenNotes.ts";

/** The API server refuses the first; the runtimes ignore the others (containerd: `WithPrivileged`, no seccomp). */
export const VOIDED: ReadonlySet<CheckId> = new Set([
  "allowPrivilegeEscalation",
  "capabilities_restricted",
  "seccompProfile_restricted",
]);

/**
 * Whoever accepted `privileged` has to accept these too, or the pod does not reach the level.
 * @param staysPrivileged of a container's name
 * @returns why nothing is written; undefined where it can be
 */
export function voidBeside(
  pod: Pod,
  { check, path }: LevelChange,
  staysPrivileged: (container: string) => boolean,
): string | undefined {
  if (!VOIDED.has(check)) return undefined;
  const name = placeOf(pod, path).container;
  const own = containersOf(pod.spec).find(({ container }) => container.name === name)?.container;
  if (own?.securityContext?.privileged !== true || !staysPrivileged(own.name)) return undefined;
  const why =
    check === "allowPrivilegeEscalation"
      ? "allowPrivilegeEscalation cannot be false beside privileged: true, which stays"
      : `${fieldOf(path)} is void beside privileged: true, which stays`;
  return `${why}; accept podsecurity.${check} too`;
}
