// The four ways in which the kubelet looks at a container, read from a probe or a lifecycle hook, and their answers.
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/model/json.ts";
import type { Container } from "../../core/model/pod.ts";
import { goQuote } from "../../core/rules/goText.ts";
import type { RunningContainer } from "../../engines/engine.ts";

/** How a probe ended; `errored` is thrown away by the kubelet after it has been told. */
export interface ProbeResult {
  readonly result: "success" | "warning" | "failure" | "errored";
  /** What the event tells. */
  readonly output: string;
}

/** Where a container can be reached. */
export interface Reach {
  readonly container: Container;
  readonly running: RunningContainer;
  /** undefined: the host's. */
  readonly networkNamespace: string | undefined;
  readonly podIP: string;
  /** `1.37`, for the user agent. */
  readonly kubernetes: string;
  /** The kubelet's words where the runtime could not start a command, from the engine's. */
  readonly execRefused: (refusal: string) => string;
}

/**
 * A port's number, or the number of the container's port of that name.
 * @returns the kubelet's words when there is none
 * @see kubernetes v1.37.2 pkg/probe/util.go ResolveContainerPort
 */
export function resolveContainerPort(
  port: JsonValue | undefined,
  container: Container,
): number | { readonly error: string } {
  const told = typeof port === "string" ? portNamed(port, container) : Number(port);
  if (typeof told === "object") return told;
  if (told > 0 && told < 65_536) return told;
  return { error: `invalid port number: ${told}` };
}

function portNamed(name: string, container: Container): number | { readonly error: string } {
  const found = container.ports?.find((port) => port.name === name)?.containerPort;
  return found === undefined ? { error: `port ${goQuote(name)} not found` } : Number(found);
}

export function objectAt(value: JsonObject, key: string): JsonObject | undefined {
  const found = value[key];
  return isJsonObject(found) ? found : undefined;
}

export function wordsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A whole number of an API object; `otherwise` when it is absent. */
export function numberAt(value: JsonObject, key: string, otherwise: number): number {
  const found = value[key];
  return found === undefined || found === null ? otherwise : Number(found);
}
