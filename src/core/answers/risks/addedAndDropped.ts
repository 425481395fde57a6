// A capability that is both added and dropped: each runtime decides otherwise.
import type { RuntimeName } from "../../model/world.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const addedAndDropped: Risk = {
  id: "risk.addedAndDropped",
  severity: "warning",
  title: "A capability is both added and dropped",
  why: "No rule of Kubernetes says which of the two holds. containerd drops it, Docker adds it; a pod that works on one node fails on the next, or has a privilege that its author took away.",
  mend: "Name the capability once. To keep one of all, drop ALL and add it by name.",
  reference:
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container",
  failing: examplePod(
    "securityContext:\n  runAsUser: 0\n  runAsNonRoot: true\n  capabilities: { add: [NET_RAW], drop: [NET_RAW] }",
  ),
  passing: examplePod(
    "securityContext:\n  runAsUser: 0\n  runAsNonRoot: true\n  capabilities: { add: [NET_RAW], drop: [ALL] }",
  ),
  find,
};

const WINNER: Readonly<Record<RuntimeName, string>> = {
  containerd: "containerd drops it, Docker would add it",
  docker: "Docker adds it, containerd would drop it",
  dockershim: "Docker adds it, containerd would drop it",
};

function find({ containers, isWindows, world, walked }: RiskyPod): Hit[] {
  if (isWindows) return [];
  return containers.flatMap(({ at, effective }) => {
    // Of these the runtime's stage has said it already.
    if (walked.has(at.container.name) || effective.privileged?.value === true) return [];
    const { add, drop } = at.container.securityContext?.capabilities ?? {};
    const added = new Set((add ?? []).map((name) => name.toUpperCase()));
    return (drop ?? []).flatMap((name, index) => {
      if (name.toUpperCase() === "ALL" || !added.has(name.toUpperCase())) return [];
      const path = [...at.path, "securityContext", "capabilities", "drop", index];
      const message = `${name} is added and dropped: ${WINNER[world.runtime.name]}`;
      return [{ path, container: at.container.name, field: "capabilities", message }];
    });
  });
}
