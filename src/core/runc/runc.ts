// runc: its validation of a spec, what it warns of, and which of its kernel calls will be refused.
import type { ExecFacts } from "../model/credentials.ts";
import type { Finding, Gate } from "../model/finding.ts";
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { Release } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { type InitCredentials, initCredentials } from "../rules/ociRuntime.ts";
import { withoutNulls } from "../rules/withoutNulls.ts";
import { createLibcontainerConfig } from "./createLibcontainerConfig.ts";
import { CRUN_STEPS } from "./crun.ts";
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
  { spec: written, exec = {}, seccompAgent }: RuncInput,
  world: World,
  _options?: StageOptions,
): StageReport<RuncAnswer> {
  const spec = withoutNulls(written);
  let known: InitCredentials | undefined;
  function credentials(): InitCredentials {
    known ??= initCredentials(spec, world);
    return known;
  }
  const input: StepInput = { spec, exec, world, seccompAgent, credentials };
  const { name, version } = world.runtime.ociRuntime;
  const isCrun = name === "crun";
  const origin = `${name} ${version}`;
  const gates: Gate[] = [];
  for (const { run, open } of isCrun ? CRUN : runcSteps(version, spec)) {
    const refusal = run(input);
    if (refusal === undefined) {
      gates.push(open);
      continue;
    }
    const finding = toFinding(open.id, refusal, origin);
    gates.push({ ...open, finding });
    // Warnings are logged by an init that gets as far as its capabilities; with a refusal nobody asks for them.
    return { stage: "runc", out: answer(refusal), trace: [], gates, findings: [finding] };
  }
  const warnings = isCrun ? [] : warningsOf(input);
  const findings = warnings.map((message) => toWarning(message, origin));
  return { stage: "runc", out: { ok: true, warnings }, trace: [], gates, findings };
}

/** A step with its gate as it stands in every report where it is open. */
interface GatedStep extends Step {
  readonly open: Gate;
}

function gated(step: Step): GatedStep {
  return { ...step, open: { id: `runc.${step.name}`, stage: "runc" } };
}

const CRUN: readonly GatedStep[] = CRUN_STEPS.map(gated);

/** By release, made once: without and with no_new_privs. */
const RUNC: Map<Release, readonly [readonly GatedStep[], readonly GatedStep[]]> = new Map();

function runcSteps(version: Release, { process }: OciSpec): readonly GatedStep[] {
  let steps = RUNC.get(version);
  if (steps === undefined) {
    steps = [stepsOf(version, false), stepsOf(version, true)];
    RUNC.set(version, steps);
  }
  return steps[process?.noNewPrivileges === true ? 1 : 0];
}

function stepsOf(version: Release, noNewPrivs: boolean): readonly GatedStep[] {
  const steps: readonly Step[] = [
    { name: "validateProcessSpec", run: validateProcessSpec },
    { name: "createLibcontainerConfig", run: createLibcontainerConfig },
    { name: "setupUserNamespace", run: setupUserNamespace },
    { name: "setupSeccomp", run: setupSeccomp },
    ...validationGates(version),
    { name: "rlimits", run: createLibContainerRlimit },
    ...initSteps(version, noNewPrivs),
  ];
  return steps.map(gated);
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
