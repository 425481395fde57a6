// The ports of containers: their range, their conflicts, and what the host's network asks of them.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateContainerPorts
import type { Container, ContainerPort, PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import {
  duplicate,
  type FieldErrors,
  invalid,
  invalidText,
  notSupported,
  required,
} from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import { isValidPortName } from "./names.ts";

const PROTOCOLS: readonly string[] = ["SCTP", "TCP", "UDP"];

/** Int64 in the API type; an int32 by the time it is decoded. */
export function hostPortOf(port: ContainerPort): number {
  return Number(port.hostPort ?? 0);
}

export function validateContainerPorts(
  errors: FieldErrors,
  path: Path,
  ports: readonly ContainerPort[],
): void {
  const names = new Set<string>();
  ports.forEach((port, index) => {
    const portPath = indexed(path, index);
    const { name = "", protocol = "" } = port;
    if (name !== "") validatePortName(errors, child(portPath, "name"), name, names);
    const containerPort = Number(port.containerPort ?? 0);
    if (containerPort === 0) required(errors, child(portPath, "containerPort"));
    else validatePortNumber(errors, child(portPath, "containerPort"), containerPort);
    const hostPort = hostPortOf(port);
    if (hostPort !== 0) validatePortNumber(errors, child(portPath, "hostPort"), hostPort);
    if (protocol === "") required(errors, child(portPath, "protocol"));
    else if (!PROTOCOLS.includes(protocol)) {
      notSupported(errors, child(portPath, "protocol"), goJsonString(protocol), PROTOCOLS);
    }
  });
}

function validatePortName(errors: FieldErrors, path: Path, name: string, names: Set<string>): void {
  const problems = isValidPortName(name);
  invalidText(errors, path, name, problems);
  if (problems.length > 0) return;
  if (names.has(name)) duplicate(errors, path, name);
  names.add(name);
}

function validatePortNumber(errors: FieldErrors, path: Path, port: number): void {
  if (port >= 1 && port <= 65535) return;
  invalid(errors, path, String(port), "must be between 1 and 65535, inclusive");
}

/**
 * Two containers of a pod cannot have the same port of the host.
 * @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go checkHostPortConflicts
 */
export function checkHostPortConflicts(
  errors: FieldErrors,
  path: Path,
  containers: readonly Container[],
): void {
  let taken: Set<string> | undefined;
  containers.forEach(({ ports }, containerIndex) => {
    ports?.forEach((port, index) => {
      const hostPort = hostPortOf(port);
      if (hostPort === 0) return;
      const text = `${port.protocol ?? ""}/${port.hostIP ?? ""}/${hostPort}`;
      taken ??= new Set();
      if (taken.has(text)) {
        const portPath = indexed(child(indexed(path, containerIndex), "ports"), index);
        duplicate(errors, child(portPath, "hostPort"), text);
      }
      taken.add(text);
    });
  });
}

/**
 * On the host's network the two ports are one; a template may still leave the host's out.
 * @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validatePodHostNetworkDeps
 */
export function validatePodHostNetworkDeps(
  errors: FieldErrors,
  specPath: Path,
  spec: PodSpec,
  resourceIsPod: boolean,
): void {
  if (spec.hostNetwork !== true) return;
  spec.containers?.forEach(({ ports }, containerIndex) => {
    ports?.forEach((port, index) => {
      const hostPort = hostPortOf(port);
      if (hostPort === Number(port.containerPort ?? 0)) return;
      if (hostPort === 0 && !resourceIsPod) return;
      const container = indexed(child(specPath, "containers"), containerIndex);
      const portPath = indexed(child(container, "ports"), index);
      const detail = "must match `containerPort` when `hostNetwork` is true";
      invalid(errors, child(portPath, "hostPort"), String(hostPort), detail);
    });
  });
}
