// Containers of a Windows pod that must not be root: Windows has no uids, and one account that the kubelet takes for root.
import { determineEffectiveSecurityContext } from "../../kubelet/effective.ts";
import { getImageUser } from "../../kubelet/getImageUser.ts";
import { verifyRunAsNonRootOnWindows } from "../../kubelet/verifyRunAsNonRootOnWindows.ts";
import { containersOf, type Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import type { FixNote } from "./fixed.ts";
import { type ContainerUser, userNotes } from "./users.ts";

const OPEN: FixNote = {
  kind: "open",
  path: ["spec"],
  message: "the kubelet refuses to start its containers if they run as ContainerAdministrator",
};
const OTHER = "another account that its program can run as (ContainerUser?) only its author knows";

/** @param pod as it is to be */
export function windowsUsersOf(pod: Pod, world: World): ContainerUser[] {
  return containersOf(pod.spec).map((at): ContainerUser => {
    const effective = determineEffectiveSecurityContext(pod, at);
    const imageUser = getImageUser(at.container.image ?? "", world);
    const refused = verifyRunAsNonRootOnWindows({ effective, container: at, imageUser, pod: "" });
    const inherits = true;
    if (refused === undefined) return { at, inherits, answer: { is: "fine" } };
    if (refused === "unknown") return { at, inherits, answer: { is: "unknown" } };
    const own = effective.windowsOptions?.value.runAsUserName ?? undefined;
    const why =
      own === undefined
        ? `the image's user ${imageUser?.username ?? ""} counts as root`
        : `runAsUserName: ${own} is written, which counts as root`;
    const path = own === undefined ? at.path : [...refused.path, "runAsUserName"];
    return { at, inherits, answer: { is: "blocked", path, message: `${why}; ${OTHER}` } };
  });
}

/** @param asked whether runAsNonRoot is new to the pod */
export function windowsUserNotes(users: readonly ContainerUser[], asked: boolean): FixNote[] {
  const isOpen = asked && users.some(({ answer }) => answer.is === "unknown");
  const blocked = users.filter(({ answer }) => answer.is === "blocked");
  return [...userNotes(blocked), ...(isOpen ? [OPEN] : [])];
}
