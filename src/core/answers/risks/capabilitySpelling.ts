// A capability that nobody knows by that name: containerd puts CAP_ in front of whatever is written, and runc ignores the result.
import { CAPABILITIES } from "../../tables/capabilities.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const capabilitySpelling: Risk = {
  id: "risk.capabilitySpelling",
  severity: "warning",
  title: "A capability is spelled so that the runtime ignores it",
  why: "The API server and the kubelet pass capability names on as they are. containerd puts CAP_ in front, so CAP_NET_ADMIN becomes CAP_CAP_NET_ADMIN, which runc ignores with a warning in a log: nothing is added, and, worse, nothing is dropped. Pod Security compares the names as they are written, too.",
  mend: "Write the name in capitals and without CAP_ (NET_ADMIN), or remove what is not to be added. To drop all, write ALL.",
  reference: "https://github.com/kubernetes/kubernetes/issues/119568",
  failing: examplePod(
    "securityContext:\n  runAsUser: 0\n  runAsNonRoot: true\n  capabilities: { drop: [CAP_NET_RAW] }",
  ),
  passing: examplePod(
    "securityContext:\n  runAsUser: 0\n  runAsNonRoot: true\n  capabilities: { drop: [NET_RAW] }",
  ),
  find,
};

const NAMES: ReadonlySet<string> = new Set(CAPABILITIES.map((name) => name.slice("CAP_".length)));

function find({ containers, isWindows, world, walked }: RiskyPod): Hit[] {
  if (isWindows || world.runtime.name !== "containerd") return [];
  return containers.flatMap(({ at, effective }) => {
    // Of these the runtime's stage has said it already.
    if (walked.has(at.container.name) || effective.privileged?.value === true) return [];
    const { add = [], drop = [] } = at.container.securityContext?.capabilities ?? {};
    const lists = [
      ["add", add, "added"],
      ["drop", drop, "dropped"],
    ] as const;
    return lists.flatMap(([list, names, done]) =>
      (names ?? []).flatMap((name, index) => {
        if (name.toUpperCase() === "ALL" || NAMES.has(name.toUpperCase())) return [];
        const path = [...at.path, "securityContext", "capabilities", list, index];
        const message = `containerd makes "CAP_${name.toUpperCase()}" of ${name === "" ? '""' : name}, which no kernel knows: nothing is ${done}`;
        return [{ path, container: at.container.name, field: "capabilities", message }];
      }),
    );
  });
}
