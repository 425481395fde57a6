// A uid without a group: the process gets group 0 wherever the image's passwd does not know the uid.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { originPath } from "../riskPaths.ts";

export const groupZero: Risk = {
  id: "risk.groupZero",
  severity: "note",
  title: "runAsUser is set without runAsGroup: the process may run in group 0, root's",
  why: "Without runAsGroup the runtime takes the group from the image's /etc/passwd, and 0 for a uid that does not stand there, as most made-up uids do not. Files of group root are then open to the process as far as their group may, and new files belong to root's group.",
  mend: "Set runAsGroup beside runAsUser.",
  reference:
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-the-security-context-for-a-pod",
  failing: examplePod("securityContext: { runAsUser: 1000 }"),
  passing: examplePod("securityContext: { runAsUser: 1000, runAsGroup: 3000 }"),
  find,
};

function find({ containers, isWindows, world }: RiskyPod): Hit[] {
  if (isWindows) return [];
  return containers.flatMap(({ at, effective }) => {
    const { runAsUser, runAsGroup } = effective;
    if (runAsUser === undefined || runAsGroup !== undefined || BigInt(runAsUser.value) === 0n)
      return [];
    // What the image's passwd makes of the uid is known: the runtime's own remark says it.
    if (world.images[at.container.image ?? ""]?.passwd !== undefined) return [];
    const message = `runAsGroup is not set: uid ${runAsUser.value} gets its group from the image's /etc/passwd, and group 0 (root) where it does not stand there`;
    const path = originPath(runAsUser, at.path);
    return [{ path, container: at.container.name, field: "runAsGroup", message }];
  });
}
