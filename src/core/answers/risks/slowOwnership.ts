// A volume whose whole tree is given to fsGroup at every start of the pod.

import { volumePlugin } from "../../tables/volumePlugins.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { sourceOf } from "../riskPaths.ts";

export const slowOwnership: Risk = {
  id: "risk.slowOwnership",
  severity: "note",
  title: "fsGroup without fsGroupChangePolicy: every file of the volume is changed at every start",
  why: "By default (Always) the kubelet walks the whole volume whenever the pod starts and gives each file to fsGroup. With millions of files that takes minutes, in which the pod does not start.",
  mend: "Set fsGroupChangePolicy: OnRootMismatch: the walk is left out when the volume's root already belongs to the group.",
  reference:
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#configure-volume-permission-and-ownership-change-policy-for-pods",
  failing: examplePod(
    "",
    "securityContext: { fsGroup: 2000 }\nvolumes:\n  - name: data\n    persistentVolumeClaim: { claimName: data }",
  ),
  passing: examplePod(
    "",
    "securityContext: { fsGroup: 2000, fsGroupChangePolicy: OnRootMismatch }\nvolumes:\n  - name: data\n    persistentVolumeClaim: { claimName: data }",
  ),
  find,
};

function find({ pod, isWindows }: RiskyPod): Hit[] {
  const { fsGroup, fsGroupChangePolicy } = pod.spec.securityContext ?? {};
  if (isWindows || fsGroup === undefined || fsGroup === null) return [];
  if (fsGroupChangePolicy === "OnRootMismatch") return [];
  const walked = (pod.spec.volumes ?? []).filter((volume) => {
    const source = sourceOf(volume);
    const ownership = source === undefined ? undefined : volumePlugin(source)?.ownership;
    return ownership === "policy" || ownership === "csi";
  });
  if (walked.length === 0) return [];
  const names = walked.map(({ name }) => `"${name}"`).join(", ");
  const message = `at every start the kubelet gives each file of volume ${names} to fsGroup ${fsGroup}: fsGroupChangePolicy is not OnRootMismatch`;
  return [{ path: ["spec", "securityContext", "fsGroup"], field: "fsGroupChangePolicy", message }];
}
