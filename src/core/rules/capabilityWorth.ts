// What a capability of the spec is worth to the program: which kinds of file still have it after the exec.
// @see capabilities(7), Transformation of capabilities during execve()
import type { Credentials, ExecFacts } from "../model/credentials.ts";
import type { OciSpec } from "../model/oci.ts";
import type { World } from "../model/world.ts";
import { toMask } from "./capabilitySet.ts";
import { capBprmCredsFromFile } from "./capBprmCredsFromFile.ts";
import { executedFile } from "./executedFile.ts";
import { initCredentials } from "./ociRuntime.ts";

export interface CapabilityWorth {
  /** A plain program has it in effect. False for a non-root user without ambient capabilities: it is lost at the exec. */
  readonly plain: boolean;
  /** The container's program has it when its file carries it (`setcap NAME=+ep`). */
  readonly fileCapabilities: boolean;
  /** As the one before, of a program that a shell or another plain program starts. */
  readonly fileCapabilitiesOfChild: boolean;
  /** A setuid-root program has it. */
  readonly setuidRoot: boolean;
}

/** All false for a name that the kernel does not know, and for a spec whose process never gets to its exec. */
export function capabilityWorth(spec: OciSpec, capability: string, world: World): CapabilityWorth {
  const { credentials } = initCredentials(spec, world);
  const fileCapabilities = `${capability.toLowerCase()}+ep`;
  function has(...chain: readonly ExecFacts[]): boolean {
    let after: Credentials | undefined = credentials;
    for (const program of chain) {
      after = after && capBprmCredsFromFile(after, executedFile(spec, program, world));
    }
    return after !== undefined && (after.effective & toMask([capability])) !== 0n;
  }
  return {
    plain: has({}),
    fileCapabilities: has({ fileCapabilities }),
    fileCapabilitiesOfChild: has({}, { fileCapabilities }),
    setuidRoot: has({ setuid: true }),
  };
}
