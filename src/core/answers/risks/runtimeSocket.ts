// A host path that is as good as the node itself: the socket of what runs its containers, or a folder from which all follows.
import { hostPathVolumes } from "../hostPaths.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const runtimeSocket: Risk = {
  id: "risk.runtimeSocket",
  severity: "warning",
  title: "A hostPath volume hands the node over",
  why: "Whoever can talk to the socket of Docker, containerd or CRI-O starts containers with every privilege; whoever can write to the node's /etc, /proc or the kubelet's folder needs no container for that. No securityContext of this pod holds it then.",
  mend: "Mount the one file or folder that is needed, read-only, or ask the API server instead of the runtime.",
  reference: "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
  failing: examplePod("", "volumes:\n  - name: sock\n    hostPath: { path: /var/run/docker.sock }"),
  passing: examplePod("", "volumes:\n  - name: logs\n    hostPath: { path: /var/log/app }"),
  find,
};

const SOCKET =
  /^\/(?:var\/)?run\/(?:docker\.sock|(?:containerd\/)?containerd\.sock|crio\/crio\.sock|cri-dockerd\.sock|dockershim\.sock|k3s\/containerd\/containerd\.sock)$/;
const FOLDERS: ReadonlySet<string> = new Set([
  "/etc",
  "/proc",
  "/sys",
  "/dev",
  "/root",
  "/boot",
  "/usr",
  "/lib",
  "/bin",
  "/sbin",
  "/run",
  "/var",
  "/var/run",
  "/var/lib",
  "/var/lib/kubelet",
  "/etc/kubernetes",
  "/var/lib/docker",
  "/run/containerd",
]);

function find({ pod }: RiskyPod): Hit[] {
  return hostPathVolumes(pod).flatMap(({ name, at, reached }) => {
    const [what] = reached.flatMap((path) => {
      if (SOCKET.test(path)) return ["the socket of the container runtime"];
      return FOLDERS.has(path) ? [`the node's ${path}`] : [];
    });
    if (what === undefined) return [];
    const message = `volume "${name}" is ${what}: who can use it can take over the node`;
    return [{ path: at, message }];
  });
}
