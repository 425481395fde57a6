// Capabilities with which a process can take over its node, whatever else holds it.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const powerfulCapability: Risk = {
  id: "risk.powerfulCapability",
  severity: "warning",
  title: "An added capability opens a way out of the container",
  why: "Some capabilities are as good as being root on the node: they mount, load code into the kernel, read files past every permission, or trace other processes. allowPrivilegeEscalation: false and a dropped ALL beside them change nothing about that.",
  mend: "Take the capability out, or find the narrower one that the program needs.",
  reference: "https://man7.org/linux/man-pages/man7/capabilities.7.html",
  failing: examplePod("securityContext:\n  capabilities: { add: [SYS_ADMIN] }"),
  passing: examplePod("securityContext:\n  capabilities: { add: [NET_BIND_SERVICE] }"),
  find,
};

/** Bare name → what it allows. */
const POWERFUL: ReadonlyMap<string, string> = new Map([
  ["SYS_ADMIN", "mounts file systems, enters namespaces and much more"],
  ["SYS_MODULE", "loads code into the node's kernel"],
  ["SYS_RAWIO", "reads and writes the node's memory and devices"],
  ["SYS_PTRACE", "reads and changes the memory of other processes that it sees"],
  ["SYS_BOOT", "restarts the node or starts another kernel"],
  ["DAC_READ_SEARCH", "reads files of the node past every permission, also outside of its mounts"],
  ["BPF", "loads programs into the node's kernel"],
  ["PERFMON", "observes the node's kernel and every process on it"],
  ["SYS_TIME", "sets the clock of the node"],
  ["MAC_ADMIN", "changes the node's mandatory access control"],
  ["MAC_OVERRIDE", "is not held by mandatory access control"],
  ["ALL", "is every capability that there is"],
]);

function find({ containers, isWindows }: RiskyPod): Hit[] {
  if (isWindows) return [];
  return containers.flatMap(({ at, effective }) => {
    if (effective.privileged?.value === true) return [];
    const add = at.container.securityContext?.capabilities?.add ?? [];
    return add.flatMap((name, index) => {
      const allows = POWERFUL.get(name.toUpperCase());
      if (allows === undefined) return [];
      const path = [...at.path, "securityContext", "capabilities", "add", index];
      const message = `a process with ${name} ${allows}`;
      return [{ path, container: at.container.name, field: "capabilities", message }];
    });
  });
}
