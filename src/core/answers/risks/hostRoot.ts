// The whole file system of the node in a container: its root as a hostPath.
import { hostPathVolumes } from "../hostPaths.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const hostRoot: Risk = {
  id: "risk.hostRoot",
  severity: "warning",
  title: "A hostPath volume is the whole file system of the node",
  why: "Everything of the node is in it: the kubelet's credentials, the files and secrets of every other pod, the socket of the container runtime (which a read-only mount does not close), and, where it can be written, the programs and users of the node. No securityContext of this pod holds it then.",
  mend: "Mount the one file or folder that is needed, read-only.",
  reference: "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
  failing: examplePod(
    "volumeMounts: [{ name: host, mountPath: /host }]",
    "volumes:\n  - name: host\n    hostPath: { path: / }",
  ),
  passing: examplePod(
    "volumeMounts: [{ name: host, mountPath: /host, readOnly: true }]",
    "volumes:\n  - name: host\n    hostPath: { path: /var/log/app }",
  ),
  find,
};

function find({ pod }: RiskyPod): Hit[] {
  return hostPathVolumes(pod).flatMap(({ name, at, reached, isReadOnly }) => {
    if (!reached.includes("/")) return [];
    const what = isReadOnly
      ? "who reads it has every secret of the node and of its pods"
      : "who can use it can take over the node";
    const message = `volume "${name}" is the whole file system of the node: ${what}`;
    return [{ path: at, message }];
  });
}
