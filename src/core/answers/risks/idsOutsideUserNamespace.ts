// Ids that a pod's user namespace has no room for.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { originPath } from "../riskPaths.ts";

export const idsOutsideUserNamespace: Risk = {
  id: "risk.idsOutsideUserNamespace",
  severity: "warning",
  title: "hostUsers: false, but an id lies outside of the 65536 ids of the pod's user namespace",
  why: "The kubelet maps 65536 ids (its idsPerPod) into a pod's user namespace. A uid or gid from 65536 on has no place there: the container does not start, and files that belong to such an id show as 65534.",
  mend: "Use ids below 65536, or a kubelet whose userNamespaces.idsPerPod is larger.",
  reference: "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
  failing: examplePod(
    "securityContext: { runAsUser: 70000, runAsGroup: 70000 }",
    "hostUsers: false",
  ),
  passing: examplePod("securityContext: { runAsUser: 1000, runAsGroup: 1000 }", "hostUsers: false"),
  find,
};

const MAPPED = 65_536n;

function find({ pod, containers, isWindows }: RiskyPod): Hit[] {
  if (isWindows || pod.spec.hostUsers !== false) return [];
  const hits: Hit[] = [];
  for (const { at, effective } of containers) {
    for (const field of ["runAsUser", "runAsGroup"] as const) {
      const setting = effective[field];
      if (setting === undefined || BigInt(setting.value) < MAPPED) continue;
      hits.push({
        path: originPath(setting, at.path),
        container: at.container.name,
        field,
        message: `${field} ${setting.value} lies outside of the pod's user namespace, which maps ids 0 to 65535`,
      });
    }
  }
  const fsGroup = pod.spec.securityContext?.fsGroup;
  if (fsGroup !== undefined && fsGroup !== null && BigInt(fsGroup) >= MAPPED) {
    const message = `fsGroup ${fsGroup} lies outside of the pod's user namespace, which maps ids 0 to 65535`;
    hits.push({ path: ["spec", "securityContext", "fsGroup"], field: "fsGroup", message });
  }
  return hits;
}
