// A volume that cannot be mounted into a user namespace: its file system knows no idmapped mounts.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { sourceOf } from "../riskPaths.ts";

export const volumeWithoutIdMap: Risk = {
  id: "risk.volumeWithoutIdMap",
  severity: "warning",
  title: "hostUsers: false with a volume whose file system cannot map ids",
  why: "In a user namespace the runtime mounts every volume with mapped ids. The kernel does that for most local file systems, not for NFS and other network file systems: the container does not start there.",
  mend: "Use a volume on a file system with idmapped mounts (ext4, xfs, btrfs, tmpfs, overlayfs since Linux 6.3), or let the pod run in the node's user namespace.",
  reference: "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/#before-you-begin",
  failing: examplePod(
    "",
    "hostUsers: false\nvolumes:\n  - name: data\n    nfs: { server: nfs.example, path: /data }",
  ),
  passing: examplePod("", "hostUsers: false\nvolumes:\n  - name: data\n    emptyDir: {}"),
  find,
};

/** In-tree volumes that lie on network file systems. CephFS has idmapped mounts since Linux 6.7, and Kubernetes no cephfs. */
const NETWORK: readonly string[] = ["nfs", "glusterfs", "azureFile"];

function find({ pod, isWindows }: RiskyPod): Hit[] {
  if (isWindows || pod.spec.hostUsers !== false) return [];
  return (pod.spec.volumes ?? []).flatMap((volume, index) => {
    const source = sourceOf(volume);
    if (source === undefined || !NETWORK.includes(source)) return [];
    const message = `volume "${volume.name}" is ${source}, which the kernel cannot mount with the ids of the pod's user namespace`;
    return [{ path: ["spec", "volumes", index, source], field: "hostUsers", message }];
  });
}
