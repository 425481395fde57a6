// A port below 1024 for a process that is not root, where nothing lets it bind it.
import { nearestRelease } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { CONTAINERD_RELEASES } from "../../tables/containerd.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const unprivilegedPort: Risk = {
  id: "risk.unprivilegedPort",
  severity: "warning",
  title: "A port below 1024 that a process which is not root cannot bind",
  why: "The kernel lets only root, or a process with NET_BIND_SERVICE in effect, bind ports below net.ipv4.ip_unprivileged_port_start (1024). Runtimes set it to 0 in a pod's own network namespace (containerd since 2.0, Docker since 20.10), never in the node's: with hostNetwork the bind fails with permission denied, whatever capability is added.",
  mend: "Listen on a port from 1024 on, give the program the capability in its file (setcap), or set the sysctl net.ipv4.ip_unprivileged_port_start in the pod (it is a safe one).",
  reference:
    "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls",
  failing: examplePod(
    "securityContext: { runAsUser: 1000, runAsGroup: 1000 }\nports: [{ containerPort: 80 }]",
    "hostNetwork: true",
  ),
  passing: examplePod(
    "securityContext: { runAsUser: 1000, runAsGroup: 1000 }\nports: [{ containerPort: 80 }]",
  ),
  find,
};

const PORT_START = "net.ipv4.ip_unprivileged_port_start";
const BY_DEFAULT = 1024;

function find({ pod, containers, isWindows, world }: RiskyPod): Hit[] {
  if (isWindows) return [];
  const start = firstFreePort(pod.spec, world);
  return containers.flatMap(({ at, effective, uid }) => {
    if (uid === undefined || BigInt(uid) === 0n || effective.privileged?.value === true) return [];
    return (at.container.ports ?? []).flatMap(({ containerPort }, index) => {
      if (typeof containerPort !== "number" || containerPort < 1 || containerPort >= start)
        return [];
      const where = pod.spec.hostNetwork === true ? "of the node" : "of the pod";
      const message = `uid ${uid} cannot bind port ${containerPort}: in the network namespace ${where} ports below ${start} need NET_BIND_SERVICE in effect`;
      const path = [...at.path, "ports", index, "containerPort"];
      return [{ path, container: at.container.name, message }];
    });
  });
}

function firstFreePort(spec: RiskyPod["pod"]["spec"], world: World): number {
  if (spec.hostNetwork === true) return BY_DEFAULT;
  const told = spec.securityContext?.sysctls?.find(
    ({ name }) => name?.replaceAll("/", ".") === PORT_START,
  );
  if (told !== undefined) return Number(told.value);
  const { name, version, config } = world.runtime;
  if (name !== "containerd") return 0;
  const usual = nearestRelease(CONTAINERD_RELEASES, version).unprivilegedPortsAndIcmp;
  return (config.enableUnprivilegedPorts ?? usual) ? 0 : BY_DEFAULT;
}
