// Prediction against observation: where a real machine shows something else than the walk said.
import type { Finding } from "../model/finding.ts";
import { NAMESPACE_NAMES, type Observation } from "../model/observation.ts";
import type { ProcStatus } from "../model/proc.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";

export interface CompareInput {
  readonly predicted: Observation;
  readonly observed: Observation;
}
export interface ObservedDifference {
  /** `status.CapEff`, `rootReadOnly`, `maskedPaths`, `namespaces.net`. */
  readonly field: string;
  readonly predicted: unknown;
  readonly observed: unknown;
}
export interface CompareAnswer {
  readonly differences: readonly ObservedDifference[];
}

/** Findings are warnings in our own words, one per difference. A namespace that the probe did not read is not compared. */
export function compare(
  { predicted, observed }: CompareInput,
  _world: World,
  _options?: StageOptions,
): StageReport<CompareAnswer> {
  const differences = [
    ...compareStatus(predicted.status, observed.status),
    ...comparePlaces(predicted, observed),
    ...compareNamespaces(predicted, observed),
  ];
  const findings = differences.map(toFinding);
  return { stage: "compare", out: { differences }, trace: [], gates: [], findings };
}

function compareStatus(predicted: ProcStatus, observed: ProcStatus): ObservedDifference[] {
  const differences: ObservedDifference[] = [];
  for (const [name, value] of Object.entries(predicted)) {
    const seen = observed[name as keyof ProcStatus];
    if (value !== seen) {
      differences.push({ field: `status.${name}`, predicted: value, observed: seen });
    }
  }
  return differences;
}

/** What does not exist in the observed kernel is taken out of the prediction. */
function comparePlaces(predicted: Observation, observed: Observation): ObservedDifference[] {
  const differences: ObservedDifference[] = [];
  if (predicted.rootReadOnly !== observed.rootReadOnly) {
    differences.push({
      field: "rootReadOnly",
      predicted: predicted.rootReadOnly,
      observed: observed.rootReadOnly,
    });
  }
  const absent = new Set(observed.absentPaths);
  for (const field of ["maskedPaths", "readonlyPaths"] as const) {
    const expected = predicted[field].filter((path) => !absent.has(path)).sort();
    const seen = [...observed[field]].sort();
    if (expected.join("\n") !== seen.join("\n")) {
      differences.push({ field, predicted: expected, observed: seen });
    }
  }
  return differences;
}

function compareNamespaces(predicted: Observation, observed: Observation): ObservedDifference[] {
  const differences: ObservedDifference[] = [];
  for (const name of NAMESPACE_NAMES) {
    const seen = observed.namespaces[name];
    const expected = predicted.namespaces[name];
    if (seen === undefined || expected === undefined || seen === expected) continue;
    differences.push({ field: `namespaces.${name}`, predicted: expected, observed: seen });
  }
  return differences;
}

function toFinding({ field, predicted, observed }: ObservedDifference): Finding {
  return {
    id: "compare.difference",
    stage: "compare",
    severity: "warning",
    path: field.split("."),
    message: `predicted ${show(predicted)}, observed ${show(observed)}`,
    origin: "secctx",
  };
}

function show(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(" ")}]` : String(value);
}
