// A Localhost profile is a file, or a loaded profile, of each node: the manifest alone does not bring it there.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { originPath } from "../riskPaths.ts";

export const localhostProfile: Risk = {
  id: "risk.localhostProfile",
  severity: "note",
  title: "A Localhost profile has to be on every node that may run the pod",
  why: "A seccomp profile of type Localhost is read from a folder of the node, an AppArmor profile has to be loaded into its kernel. Where it is missing, the container is not created (CreateContainerError), and nobody notices before the pod is scheduled there.",
  mend: "Bring the profile to all nodes first (the Security Profiles Operator, a DaemonSet, the node's image), or keep the pod on those that have it.",
  reference: "https://kubernetes.io/docs/tutorials/security/seccomp/",
  failing: examplePod(
    "securityContext:\n  seccompProfile: { type: Localhost, localhostProfile: profiles/audit.json }",
  ),
  passing: examplePod("securityContext:\n  seccompProfile: { type: RuntimeDefault }"),
  find,
};

function find({ containers, isWindows, world }: RiskyPod): Hit[] {
  if (isWindows) return [];
  const { kubeletRoot, seccompProfiles, appArmorProfiles } = world.node;
  return containers.flatMap(({ at, effective }) => {
    const hits: Hit[] = [];
    const { seccompProfile, appArmorProfile } = effective;
    const container = at.container.name;
    // Where the node's profiles are told, its runtime says what is missing.
    if (seccompProfile?.value.type === "Localhost" && seccompProfiles === undefined) {
      const file = `${kubeletRoot}/seccomp/${seccompProfile.value.localhostProfile ?? ""}`;
      const message = `every node that may run this pod needs the seccomp profile ${file}`;
      hits.push({
        path: originPath(seccompProfile, at.path),
        container,
        field: "seccompProfile",
        message,
      });
    }
    if (appArmorProfile?.value.type === "Localhost" && appArmorProfiles === undefined) {
      const message = `every node that may run this pod needs the AppArmor profile "${appArmorProfile.value.localhostProfile ?? ""}" loaded`;
      hits.push({
        path: originPath(appArmorProfile, at.path),
        container,
        field: "appArmorProfile",
        message,
      });
    }
    return hits;
  });
}
