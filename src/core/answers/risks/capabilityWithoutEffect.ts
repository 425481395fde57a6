// A capability that is added for a process that is not root: the kernel takes it away at the exec.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const capabilityWithoutEffect: Risk = {
  id: "risk.capabilityWithoutEffect",
  severity: "warning",
  title: "A capability is added for a process that is not root, where it has no effect",
  why: "No release of Kubernetes sets ambient capabilities. A process of another uid than 0 loses its permitted and effective capabilities when its program is executed; what was added stays in the bounding set, where only a setuid-root program or one with file capabilities can make use of it, and with allowPrivilegeEscalation: false not even those.",
  mend: "Give the program file capabilities in the image (setcap) and allow privilege escalation, let it do without the capability (ports above 1023, or net.ipv4.ip_unprivileged_port_start), or take the capability out.",
  reference:
    "https://github.com/kubernetes/enhancements/tree/master/keps/sig-security/2763-ambient-capabilities",
  failing: examplePod("securityContext:\n  runAsUser: 1000\n  capabilities: { add: [NET_ADMIN] }"),
  passing: examplePod("securityContext:\n  runAsUser: 0\n  capabilities: { add: [NET_ADMIN] }"),
  find,
};

function find({ containers, isWindows }: RiskyPod): Hit[] {
  if (isWindows) return [];
  return containers.flatMap(({ at, effective, uid }) => {
    const added = at.container.securityContext?.capabilities?.add ?? [];
    if (uid === undefined || BigInt(uid) === 0n || added.length === 0) return [];
    if (effective.privileged?.value === true) return [];
    const nnp = effective.allowPrivilegeEscalation?.value === false;
    const rest = nnp
      ? "with allowPrivilegeEscalation: false no setuid program or file capability brings it back"
      : "only a setuid-root program or one with file capabilities can use it";
    return added.map((name, index) => ({
      path: [...at.path, "securityContext", "capabilities", "add", index],
      container: at.container.name,
      field: "capabilities",
      message: `${name} is added, but the process runs as uid ${uid} and loses it at exec; ${rest}`,
    }));
  });
}
