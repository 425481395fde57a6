// runc: its validation of a spec, what it warns of, and which of its kernel calls will be refused.
import type { ExecFacts } from "../model/credentials.ts";
import type { Finding, Gate } from "../model/finding.ts";
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { withoutNulls } from "../rules/withoutNulls.ts";
import { createLibcontainerConfig } from "./createLibcontainerConfig.ts";
import { crunSteps } from "./crun.ts";
import { initSteps } from "./init.ts";
import { createLibContainerRlimit } from "./rlimits.ts";
import { setupSeccomp } from "./setupSeccomp.ts";
import { setupUserNamespace } from "./setupUserNamespace.ts";
import type { Phase, Refusal, SeccompAgent, Step, StepInput } from "./step.ts";
import { validationGates } from "./validate.ts";
import { validateProcessSpec } from "./validateProcessSpec.ts";
import { warningsOf } from "./warnings.ts";

export interface RuncInput {
  readonly spec: OciSpec;
  /** The program's file, where known. */
  readonly exec?: ExecFacts;
  /** Absent: an agent listens where the profile says. */
  readonly seccompAgent?: SeccompAgent;
}
/** `error` is the text behind `runc create failed: ` (of phase start: `runc start failed: `, of exec: on the container's stderr). */
export interface RuncAnswer {
  readonly ok?: true;
  readonly error?: string;
  /** With `error`: what ended. After `exec` the engine says that the container has started. */
  readonly phase?: Phase;
  readonly warnings: readonly string[];
}

/** Follows `world.runtime.ociRuntime`: runc or crun; of any other runtime nothing is said but that it is unknown. */
export function runc(
  { spec, exec = {}, seccompAgent }: RuncInput,
  world: World,
  _options?: StageOptions,
): StageReport<RuncAnswer> {
  const input: StepInput = { spec: withoutNulls(spec), exec, world, seccompAgent };
  const { name, version } = world.runtime.ociRuntime;
  const isCrun = name === "crun";
  const origin = `${name} ${version}`;
  const gates: Gate[] = [];
  for (const step of isCrun ? crunSteps() : runcSteps(input)) {
    const refusal = step.run(input);
    const id = `runc.${step.name}`;
    if (refusal === undefined) {
      gates.push({ id, stage: "runc" });
      continue;
    }
    const finding = toFinding(id, refusal, origin);
    gates.push({ id, stage: "runc", finding });
    // Warnings are logged by an init that gets as far as its capabilities; with a refusal nobody asks for them.
    return { stage: "runc", out: answer(refusal), trace: [], gates, findings: [finding] };
  }
  const warnings = isCrun ? [] : warningsOf(input);
  const findings = warnings.map((message) => toWarning(message, origin));
  return { stage: "runc", out: { ok: true, warnings }, trace: [], gates, findings };
}

function runcSteps(input: StepInput): readonly Step[] {
  return [
    { name: "validateProcessSpec", run: validateProcessSpec },
    { name: "createLibcontainerConfig", run: createLibcontainerConfig },
    { name: "setupUserNamespace", run: setupUserNamespace },
    { name: "setupSeccomp", run: setupSeccomp },
    ...validationGates(input),
    { name: "rlimits", run: createLibContainerRlimit },
    ...initSteps(input),
  ];
}

/** A program killed by its own filter: everyone but the program has done its part, and nobody says anything. */
function answer({ message, phase = "create" }: Refusal): RuncAnswer {
  if (message === "") return { ok: true, warnings: [] };
  return { error: message, phase, warnings: [] };
}

function toFinding(id: string, { message, path, phase }: Refusal, origin: string): Finding {
  const silent = message === "";
  return {
    id,
    stage: "runc",
    severity: phase === "exec" ? "warning" : "refusal",
    path,
    message: silent ? "the seccomp profile kills the process at its exec" : message,
    origin,
  };
}

function toWarning(message: string, origin: string): Finding {
  const path = ["process", "capabilities"];
  return { id: "runc.warning", stage: "runc", severity: "warning", path, message, origin };
}
