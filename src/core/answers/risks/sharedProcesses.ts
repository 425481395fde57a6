// Containers that see each other's processes see each other's secrets.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const sharedProcesses: Risk = {
  id: "risk.sharedProcesses",
  severity: "note",
  title: "shareProcessNamespace opens the containers of the pod to each other",
  why: "In one PID namespace a process reads the environment, the arguments and, by /proc/PID/root, the files of processes of the same user in other containers, secrets among them; it can also send them signals.",
  mend: "Give the containers different users, or share the namespace only while you debug (kubectl debug --target).",
  reference:
    "https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/#understanding-process-namespace-sharing",
  failing: examplePod("", "shareProcessNamespace: true").concat(
    "    - name: sidecar\n      image: registry.example/sidecar:1\n",
  ),
  passing: examplePod("", "shareProcessNamespace: true"),
  find,
};

function find({ pod, containers, isWindows }: RiskyPod): Hit[] {
  if (isWindows || pod.spec.shareProcessNamespace !== true) return [];
  const together = containers.filter(({ at }) => at.kind === "container" || at.kind === "sidecar");
  if (together.length < 2) return [];
  const names = together.map(({ at }) => at.container.name).join(", ");
  const message = `containers ${names} see each other's processes: of the same user also their environment and files`;
  return [{ path: ["spec", "shareProcessNamespace"], field: "shareProcessNamespace", message }];
}
