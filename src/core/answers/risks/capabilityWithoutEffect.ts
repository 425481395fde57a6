// A capability that is added for a process that is not root: the kernel takes it away at the exec (rules/capabilityWorth).
import type { World } from "../../model/world.ts";
import { isKernelCapability } from "../../rules/hostCapabilities.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const capabilityWithoutEffect: Risk = {
  id: "risk.capabilityWithoutEffect",
  severity: "note",
  title: "A capability is added for a process that is not root, where it has no effect",
  why: "No release of Kubernetes sets ambient capabilities. A process of another uid than 0 loses its permitted and effective capabilities when a plain program is executed; what was added stays in the bounding set. A program whose file carries the capability (setcap) gets it back, and without allowPrivilegeEscalation: false a setuid-root program too; with it only the program that the container itself starts does.",
  mend: "Give the program file capabilities in the image (setcap), let it do without the capability (ports above 1023, or net.ipv4.ip_unprivileged_port_start), or take the capability out.",
  reference:
    "https://github.com/kubernetes/enhancements/tree/master/keps/sig-security/2763-ambient-capabilities",
  failing: examplePod("securityContext:\n  runAsUser: 1000\n  capabilities: { add: [NET_ADMIN] }"),
  passing: examplePod("securityContext:\n  runAsUser: 0\n  capabilities: { add: [NET_ADMIN] }"),
  find,
};

function find({ containers, isWindows, world }: RiskyPod): Hit[] {
  if (isWindows) return [];
  return containers.flatMap(({ at, effective, uid }) => {
    const added = at.container.securityContext?.capabilities?.add ?? [];
    if (uid === undefined || BigInt(uid) === 0n || added.length === 0) return [];
    if (effective.privileged?.value === true) return [];
    const rest =
      effective.allowPrivilegeEscalation?.value === false
        ? "with allowPrivilegeEscalation: false only the container's own program gets it, where its file carries it (setcap)"
        : "only a program whose file carries it (setcap) or a setuid-root one has it";
    return added.flatMap((name, index) => {
      // What the runtime does not add is not lost either: its own finding says so.
      if (!isAdded(name, world)) return [];
      const path = [...at.path, "securityContext", "capabilities", "add", index];
      const message = `${name} is added, but a process of uid ${uid} loses it at exec: ${rest}`;
      return [{ path, container: at.container.name, field: "capabilities", message }];
    });
  });
}

/** By the name that the runtime makes of it: containerd puts CAP_ in front of any, Docker only where it lacks. */
function isAdded(name: string, world: World): boolean {
  const upper = name.toUpperCase();
  const isPrefixed = world.runtime.name !== "containerd" && upper.startsWith("CAP_");
  return upper === "ALL" || isKernelCapability(isPrefixed ? upper : `CAP_${upper}`, world);
}
