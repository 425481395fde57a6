// Warnings about ports: an address of the host without a port there, the same port twice, the same name twice.
// @see kubernetes v1.37.2 pkg/api/pod/warnings.go warningsForPodSpecAndMeta
import type { ContainerPort, PodSpec } from "../../model/pod.ts";
import { goQuote } from "../../rules/goText.ts";
import { visitContainers } from "../containers.ts";
import { child, indexed, type Path, pathText } from "../path.ts";
import { hostPortOf } from "../validation/ports.ts";
import { type Warning, warningAt } from "../warning.ts";

interface PlacedPort {
  readonly port: ContainerPort;
  readonly path: Path;
}

export function warningsForPorts(warnings: Warning[], specPath: Path, spec: PodSpec): void {
  const placed: PlacedPort[] = [];
  visitContainers(spec, specPath, ({ ports }, containerPath) => {
    ports?.forEach((port, index) => {
      placed.push({ port, path: indexed(child(containerPath(), "ports"), index) });
    });
  });
  if (placed.length === 0) return;
  warningsForAddresses(warnings, placed);
  warningsForNames(warnings, placed);
}

function warningsForAddresses(warnings: Warning[], ports: readonly PlacedPort[]): void {
  const known = new Map<string, PlacedPort[]>();
  for (const placed of ports) {
    const { port, path } = placed;
    if (port.hostIP && hostPortOf(port) === 0) {
      warnings.push(warningAt(path, `hostIP set without hostPort: ${structText(port)}`));
    }
    const key = `${port.containerPort ?? 0}/${port.protocol ?? ""}`;
    const others = known.get(key);
    if (others === undefined) {
      known.set(key, [placed]);
      continue;
    }
    for (const other of others) {
      const overlap = overlapOf(port, other.port);
      if (overlap === undefined) continue;
      warnings.push(warningAt(path, `${overlap} port definition with ${pathText(other.path)}`));
    }
    others.push(placed);
  }
}

function overlapOf(a: ContainerPort, b: ContainerPort): string | undefined {
  const [hostA, hostB] = [hostPortOf(a), hostPortOf(b)];
  const [addressA, addressB] = [a.hostIP ?? "", b.hostIP ?? ""];
  if (addressA === addressB && hostA === hostB) return "duplicate";
  if (hostA === 0 || hostB === 0) return "overlapping";
  const oneOpen = (addressA === "") !== (addressB === "");
  return hostA === hostB && oneOpen ? "dangerously ambiguous" : undefined;
}

function warningsForNames(warnings: Warning[], ports: readonly PlacedPort[]): void {
  const known = new Map<string, string>();
  for (const { port, path } of ports) {
    const { name = "" } = port;
    if (name === "") continue;
    const other = known.get(name);
    if (other === undefined) known.set(name, pathText(path));
    else {
      const text = `duplicate port name ${goQuote(name)} with ${other}, services and probes that select ports by name will use ${other}`;
      warnings.push(warningAt(path, text));
    }
  }
}

/** Go's `%+v` of the server's internal ContainerPort. */
function structText(port: ContainerPort): string {
  const { name = "", hostPort = 0, containerPort = 0, protocol = "", hostIP = "" } = port;
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}
