// Defaults of a pod's spec, as far as a security setting or the ports depend on them; the given spec is never touched.
// What the server fills in beside (probes, pull policies, termination messages …) says nothing about security and is left out.
// @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_PodSpec, SetDefaults_Pod
import type { Container, ContainerPort, PodSpec, Volume } from "../../model/pod.ts";

type Draft = { -readonly [K in keyof PodSpec]: PodSpec[K] };

/** A new spec; `isPod` for a Pod itself, whose ports on the host's network are the host's: a template's are not. */
export function setDefaultsPodSpec(spec: PodSpec, isPod: boolean): PodSpec {
  // The defaults stand first: V8 copies so a hundred times faster than it adds to a copy.
  const draft: Draft = {
    securityContext: {},
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    ...spec,
  };
  if (draft.restartPolicy === "") draft.restartPolicy = "Always";
  if (draft["dnsPolicy"] === "") draft["dnsPolicy"] = "ClusterFirst";
  if (draft.volumes?.some(isWithoutSource)) draft.volumes = draft.volumes.map(setDefaultsVolume);
  const hostNetwork = isPod && draft.hostNetwork === true;
  const { containers, initContainers, ephemeralContainers } = draft;
  if (containers !== undefined) draft.containers = withPorts(containers, hostNetwork);
  if (initContainers !== undefined) draft.initContainers = withPorts(initContainers, hostNetwork);
  // An ephemeral container has no ports of the host.
  if (ephemeralContainers !== undefined) {
    draft.ephemeralContainers = withPorts(ephemeralContainers, false);
  }
  return draft;
}

function isWithoutSource(volume: Volume): boolean {
  for (const key in volume) {
    if (key !== "name") return false;
  }
  return true;
}

/** @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Volume */
function setDefaultsVolume(volume: Volume): Volume {
  return isWithoutSource(volume) ? { ...volume, emptyDir: {} } : volume;
}

/** `containers` itself where all ports are complete. */
function withPorts<C extends Container>(
  containers: readonly C[],
  hostNetwork: boolean,
): readonly C[] {
  const lacks = (port: ContainerPort): boolean =>
    !port.protocol || (hostNetwork && !port.hostPort && port.containerPort !== undefined);
  if (!containers.some(({ ports }) => ports?.some(lacks))) return containers;
  return containers.map((container) => {
    const { ports } = container;
    if (!ports?.some(lacks)) return container;
    return { ...container, ports: ports.map((port) => completePort(port, hostNetwork)) };
  });
}

/** @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go defaultHostNetworkPorts */
function completePort(port: ContainerPort, hostNetwork: boolean): ContainerPort {
  const { containerPort } = port;
  const onHost = hostNetwork && !port.hostPort && containerPort !== undefined;
  const complete = onHost
    ? { protocol: "TCP", hostPort: containerPort, ...port }
    : { protocol: "TCP", ...port };
  if (complete.protocol === "") complete.protocol = "TCP";
  if (onHost) complete.hostPort = containerPort;
  return complete;
}
