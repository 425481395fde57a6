// SELinux labels of volumes by mount option: pods with other labels on the same volume can no longer share a node.
import { containersOf } from "../../model/pod.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import { volumePlugin } from "../../tables/volumePlugins.ts";
import { examplePod, type Hit } from "../risk.ts";
import { sourceOf } from "../riskPaths.ts";
import type { AtVersion, Upgrade } from "../upgrade.ts";

const LABELLED = "seLinuxOptions: { level: 's0:c10,c20' }";
const CLAIM = "volumes:\n  - name: data\n    persistentVolumeClaim: { claimName: data }";

export const seLinuxMount: Upgrade = {
  id: "upgrade.seLinuxMount",
  severity: "note",
  title:
    "The kubelet mounts volumes with the pod's SELinux label instead of relabelling their files",
  why: "With the gate SELinuxMount (on since 1.37) the kubelet mounts a volume with `-o context=`: one label for the whole volume. Pods with different labels, or a privileged one and another, that share a volume on one node then get stuck in ContainerCreating (conflicting SELinux labels).",
  mend: "Give all pods of the volume the same label, or set seLinuxChangePolicy: Recursive before the upgrade.",
  reference:
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#efficient-selinux-volume-relabeling",
  failing: examplePod("", `securityContext:\n  ${LABELLED}\n${CLAIM}`),
  passing: examplePod(
    "",
    `securityContext:\n  ${LABELLED}\n  seLinuxChangePolicy: Recursive\n${CLAIM}`,
  ),
  find,
};

function find({ journey: before }: AtVersion, { journey: after }: AtVersion): Hit[] {
  const { pod, world } = after;
  if (gateEnabled(before.world, "SELinuxMount") || !gateEnabled(world, "SELinuxMount")) return [];
  if (pod === null || pod.spec.securityContext?.seLinuxChangePolicy === "Recursive") return [];
  const isLabelled =
    pod.spec.securityContext?.seLinuxOptions !== undefined ||
    containersOf(pod.spec).some(
      ({ container }) => container.securityContext?.seLinuxOptions !== undefined,
    );
  const shared = (pod.spec.volumes ?? []).filter((volume) => {
    const source = sourceOf(volume);
    const rule = source === undefined ? undefined : volumePlugin(source)?.ownership;
    return rule === "policy" || rule === "csi";
  });
  if (!isLabelled || shared.length === 0) return [];
  const names = shared.map(({ name }) => `"${name}"`).join(", ");
  const message = `from Kubernetes ${world.kubernetes.slice(1)} on the whole of volume ${names} is mounted with this pod's SELinux label: pods with another one cannot use it on the same node`;
  const path = [...after.document.workload.podPath, "spec", "securityContext", "seLinuxOptions"];
  return [{ path, field: "seLinuxOptions", message }];
}
