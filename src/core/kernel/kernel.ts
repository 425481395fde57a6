// The kernel: what /proc/1/status says after runc's calls and the exec, seen from the host.
import type { OciSpec } from "../model/oci.ts";
import type { ProcStatus } from "../model/proc.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";

export interface KernelInput {
  readonly spec: OciSpec;
  readonly exec?: {
    /** The program is a setuid-root file. */
    readonly setuid?: boolean;
    /** As setcap writes it: `cap_net_bind_service+ep`. */
    readonly fileCapabilities?: string;
  };
}
export interface KernelAnswer {
  readonly status?: ProcStatus;
  readonly error?: string;
}

export function kernel(
  _input: KernelInput,
  _world: World,
  _options?: StageOptions,
): StageReport<KernelAnswer> {
  throw new Error("not built");
}
