// runc: its validation of a spec, what it warns of, and which of its kernel calls will be refused.
import type { ExecFacts } from "../model/credentials.ts";
import type { Finding, Gate } from "../model/finding.ts";
import type { OciSeccomp, OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import { atRelease, type Release } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { type InitCredentials, initCredentials } from "../rules/ociRuntime.ts";
import { withoutNulls } from "../rules/withoutNulls.ts";
import { racesUnderFilter } from "./callsUnderFilter.ts";
import { createLibcontainerConfig } from "./createLibcontainerConfig.ts";
import { CRUN_STEPS } from "./crun.ts";
import { cachedSeccomp } from "./crunSeccompCache.ts";
import { initSteps } from "./init.ts";
import { DEAD, RUNC_INIT_CALLS } from "./initCalls.ts";
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
  /** crun: the seccomp profiles that it was given on this host before, in order; it keeps their compiled filters. */
  readonly seccompCache?: readonly OciSeccomp[];
}
/** `error` is the text behind `runc create failed: ` (of phase start: `runc start failed: `, of exec: on the container's stderr). */
export interface RuncAnswer {
  readonly ok?: true;
  readonly error?: string;
  /** With `error`: what ended. After `exec` the engine says that the container has started. */
  readonly phase?: Phase;
  readonly warnings: readonly string[];
  /**
   * A race inside the runtime decides: what it may say instead. "": nothing, and the container has started (of an answer
   * with `error`), or ends at once (of one without).
   */
  readonly races?: readonly string[];
}

/** Follows `world.runtime.ociRuntime`: runc or crun; of any other runtime nothing is said but that it is unknown. */
export function runc(
  { spec: written, exec = {}, seccompAgent, seccompCache = [] }: RuncInput,
  world: World,
  _options?: StageOptions,
): StageReport<RuncAnswer> {
  const { name, version } = world.runtime.ociRuntime;
  const isCrun = name === "crun";
  const read = withoutNulls(written);
  const spec = isCrun ? withCachedSeccomp(read, seccompCache) : read;
  let known: InitCredentials | undefined;
  function credentials(): InitCredentials {
    known ??= initCredentials(spec, world);
    return known;
  }
  const input: StepInput = { spec, exec, world, seccompAgent, credentials };
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
    const races = refusal.message === DEAD ? racesOf(input) : {};
    // Warnings are logged by an init that gets as far as its capabilities; with a refusal nobody asks for them.
    const out = { ...answer(refusal), ...races };
    return { stage: "runc", out, trace: [], gates, findings: [finding] };
  }
  const warnings = isCrun ? [] : warningsOf(input);
  const races = isCrun ? {} : racesOf(input);
  const findings = [
    ...warnings.map((message) => toWarning(message, origin)),
    ...raceFindings(races, origin),
  ];
  return { stage: "runc", out: { ok: true, warnings, ...races }, trace: [], gates, findings };
}

function withCachedSeccomp(spec: OciSpec, cache: readonly OciSeccomp[]): OciSpec {
  const seccomp = spec.linux?.seccomp;
  if (seccomp === undefined || cache.length === 0) return spec;
  return { ...spec, linux: { ...spec.linux, seccomp: cachedSeccomp(seccomp, cache) } };
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

type Races = Pick<RuncAnswer, "races">;

/** Of a filter that is loaded after all else that could refuse; what refuses earlier leaves nothing to chance. */
function racesOf(input: StepInput): Races {
  const calls = atRelease(RUNC_INIT_CALLS, input.world.runtime.ociRuntime.version);
  const races = calls === undefined ? [] : racesUnderFilter(input, calls);
  return races.length === 0 ? {} : { races };
}

function raceFindings({ races = [] }: Races, origin: string): Finding[] {
  const [message] = races;
  if (message === undefined) return [];
  const path = ["linux", "seccomp"];
  return [{ id: "runc.race", stage: "runc", severity: "warning", path, message, origin }];
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
