// fsGroup does nothing on some volumes: their files keep the owner that they have on the node or the server.

import { volumePlugin } from "../../tables/volumePlugins.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { sourceOf } from "../riskPaths.ts";

export const fsGroupWithoutEffect: Risk = {
  id: "risk.fsGroupWithoutEffect",
  severity: "note",
  title: "fsGroup is set, but a volume of this kind is never given to it",
  why: "The kubelet changes owner and mode only of volumes whose plugin says so. hostPath, nfs and image volumes keep the owners that they have, so a process that relies on fsGroup may not be able to write there.",
  mend: "Set the owner where the files lie (on the node, on the server), or use a volume that honours fsGroup.",
  reference:
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#configure-volume-permission-and-ownership-change-policy-for-pods",
  failing: examplePod(
    "",
    "securityContext: { fsGroup: 2000 }\nvolumes:\n  - name: data\n    hostPath: { path: /srv/data }",
  ),
  passing: examplePod(
    "",
    "securityContext: { fsGroup: 2000 }\nvolumes:\n  - name: data\n    emptyDir: {}",
  ),
  find,
};

function find({ pod, isWindows }: RiskyPod): Hit[] {
  const fsGroup = pod.spec.securityContext?.fsGroup;
  if (isWindows || fsGroup === undefined || fsGroup === null) return [];
  return (pod.spec.volumes ?? []).flatMap((volume, index) => {
    const source = sourceOf(volume);
    if (source === undefined || volumePlugin(source)?.ownership !== "never") return [];
    return [
      {
        path: ["spec", "volumes", index, source],
        field: "fsGroup",
        message: `fsGroup ${fsGroup} does nothing on volume "${volume.name}": the kubelet never changes the owner of ${source} volumes`,
      },
    ];
  });
}
