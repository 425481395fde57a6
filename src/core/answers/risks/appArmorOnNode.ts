// A pod that names an AppArmor profile is refused by nodes that have no AppArmor.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { originPath } from "../riskPaths.ts";

export const appArmorOnNode: Risk = {
  id: "risk.appArmorOnNode",
  severity: "note",
  title: "The pod asks for an AppArmor profile, which not every node has",
  why: "The kubelet of a node without AppArmor does not admit a pod that names a profile, RuntimeDefault included (status reason AppArmor). Nodes of RHEL, Fedora and many minimal systems have none. A pod that names no profile gets the runtime's default wherever there is AppArmor.",
  mend: "Leave appArmorProfile out where the runtime's default is meant, or keep the pod on nodes with AppArmor by nodeSelector or affinity.",
  reference: "https://kubernetes.io/docs/tutorials/security/apparmor/",
  failing: examplePod("securityContext:\n  appArmorProfile: { type: RuntimeDefault }"),
  passing: examplePod("securityContext:\n  appArmorProfile: { type: Unconfined }"),
  // One without refuses it, and that says enough.
  world: { node: { appArmor: true } },
  find,
};

function find({ containers, isWindows, world }: RiskyPod): Hit[] {
  if (isWindows || world.node.appArmor === false) return [];
  return containers.flatMap(({ at, effective }) => {
    const type = effective.appArmorProfile?.value.type;
    if (type !== "RuntimeDefault" && type !== "Localhost") return [];
    const message = `the kubelet of a node without AppArmor refuses this pod: appArmorProfile is ${type}`;
    const path = originPath(effective.appArmorProfile, at.path);
    return [{ path, container: at.container.name, field: "appArmorProfile", message }];
  });
}
