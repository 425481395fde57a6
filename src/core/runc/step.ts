// The shape of runc's work in this room: steps in runc's order, each of which lets the spec pass or refuses it.
import type { ExecFacts } from "../model/credentials.ts";
import type { FieldPath } from "../model/finding.ts";
import type { OciSpec } from "../model/oci.ts";
import type { World } from "../model/world.ts";
import type { InitCredentials } from "../rules/ociRuntime.ts";

/**
 * Which command of the runtime ends: `create` (config, validation, the init process up to its wait), `start` (it does
 * not get through that wait), `exec` (the program itself is not executed: start has succeeded, the container exits).
 */
export type Phase = "create" | "start" | "exec";

/** Nothing at the profile's listenerPath, or a socket that nobody listens on. */
export type SeccompAgent = "absent" | "notListening";

export interface StepInput {
  readonly spec: OciSpec;
  readonly exec: ExecFacts;
  readonly world: World;
  readonly seccompAgent?: SeccompAgent | undefined;
  /** What the init's calls make of its process; worked out by the first step that asks. */
  readonly credentials: () => InitCredentials;
}
export interface Refusal {
  /** The runtime's text. */
  readonly message: string;
  /** The part of the spec that it is about. */
  readonly path: FieldPath;
  /** Absent: create. */
  readonly phase?: Phase;
}
export interface Step {
  /** The function of the runtime that decides. */
  readonly name: string;
  readonly run: (input: StepInput) => Refusal | undefined;
}

export function refuse(message: string, ...path: FieldPath): Refusal {
  return { message, path };
}
