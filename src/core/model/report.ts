// What a stage hands to the journey: its wire document, and beside it the trace, the gates and the findings.
import type { Finding, Gate, StageName } from "./finding.ts";
import type { Setting } from "./setting.ts";
import type { World } from "./world.ts";

/** Why a part of the stage's document is as it is. */
export interface Trace {
  readonly container?: string;
  /** The securityContext field (or its neighbour in the pod spec) that the setting belongs to: `runAsUser`. */
  readonly field: string;
  /** JSON Pointer into `out`, where the setting stands in the wire document. */
  readonly at: string;
  readonly setting: Setting<unknown>;
}

/** `out` is the wire answer of `secctx stage NAME`: a refusal is an answer too. */
export interface StageReport<Out> {
  readonly stage: StageName;
  readonly out: Out;
  readonly trace: readonly Trace[];
  readonly gates: readonly Gate[];
  readonly findings: readonly Finding[];
}

export interface StageOptions {
  /** Collect provenance; off on the hot path. The answer and findings are the same either way. */
  readonly trace?: boolean;
}

export type Stage<In, Out> = (input: In, world: World, options?: StageOptions) => StageReport<Out>;
