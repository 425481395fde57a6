// The kernel: what /proc/1/status says after the OCI runtime's calls and the exec, seen from the host.
import type { ExecFacts } from "../model/credentials.ts";
import type { Gate } from "../model/finding.ts";
import type { OciSpec } from "../model/oci.ts";
import type { ProcStatus } from "../model/proc.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { capBprmCredsFromFile } from "../rules/capBprmCredsFromFile.ts";
import { executedFile } from "../rules/executedFile.ts";
import { initCredentials } from "../rules/ociRuntime.ts";
import { hasSeccompFilter } from "../rules/seccompFilter.ts";
import { withoutNulls } from "../rules/withoutNulls.ts";
import { taskStatus } from "./taskStatus.ts";

export interface KernelInput {
  readonly spec: OciSpec;
  /** The program; a list is a chain in which each executes the next, as a shell script its command. */
  readonly exec?: ExecFacts | readonly ExecFacts[];
}
export interface KernelAnswer {
  readonly status?: ProcStatus;
  /** The kernel's word for the call that it refused: `setgroups: invalid argument`, `exec: operation not permitted`. */
  readonly error?: string;
}

/** Takes for granted what the runc room judges: the spec's form, the seccomp profile, the LSMs. */
export function kernel(
  input: KernelInput,
  world: World,
  _options?: StageOptions,
): StageReport<KernelAnswer> {
  const { exec = {} } = input;
  const spec = withoutNulls(input.spec);
  const chain: readonly ExecFacts[] = isChain(exec) ? exec : [exec];
  const { credentials, refused } = initCredentials(spec, world);
  if (credentials === undefined) {
    const errno = refused === "capset" ? "operation not permitted" : "invalid argument";
    return refusal(refused ?? "capset", `${refused}: ${errno}`);
  }
  let after = credentials;
  for (const program of chain) {
    const next = capBprmCredsFromFile(after, executedFile(spec, program, world));
    if (next === undefined) return refusal("exec", "exec: operation not permitted");
    after = next;
  }
  const status = taskStatus(after, spec, hasSeccompFilter(spec.linux?.seccomp));
  return { stage: "kernel", out: { status }, trace: [], gates: [], findings: [] };
}

function isChain(exec: ExecFacts | readonly ExecFacts[]): exec is readonly ExecFacts[] {
  return Array.isArray(exec);
}

function refusal(call: string, error: string): StageReport<KernelAnswer> {
  const gate: Gate = {
    id: `kernel.${call}`,
    stage: "kernel",
    finding: {
      id: `kernel.${call}`,
      stage: "kernel",
      severity: "refusal",
      path: ["process"],
      message: error,
      origin: "kernel",
    },
  };
  const findings = gate.finding === undefined ? [] : [gate.finding];
  return { stage: "kernel", out: { error }, trace: [], gates: [gate], findings };
}
