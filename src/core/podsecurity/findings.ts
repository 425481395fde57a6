// The refusals of checks as findings: one for each container that a check objects to, and one for each field of the pod itself.
import type { FieldPath, Finding, Severity } from "../model/finding.ts";
import type { World } from "../model/world.ts";
import { type Failure, printFailure } from "./evaluate.ts";

export interface FindingOptions {
  readonly severity: Severity;
  /** How each sentence begins: `violates PodSecurity "restricted:v1.37": `. */
  readonly prefix: string;
}

/** Findings with paths relative to the pod. The offenders of one check share its message, which names them all. */
export function findingsOf(
  failures: readonly Failure[],
  world: World,
  options: FindingOptions,
): Finding[] {
  const findings: Finding[] = [];
  for (const failure of failures) addFindings(findings, failure, world, options);
  return findings;
}

/** As `findingsOf`, of one check, onto a list. */
export function addFindings(
  findings: Finding[],
  failure: Failure,
  world: World,
  { severity, prefix }: FindingOptions,
): void {
  const id = `podsecurity.${failure.check}`;
  const message = prefix + printFailure(failure);
  const origin = `kube-apiserver ${world.kubernetes}`;
  const told: string[] = [];
  for (const { path, container } of failure.offences) {
    if (container !== undefined) {
      if (told.includes(container)) continue;
      told.push(container);
    }
    const field = fieldOf(path);
    const finding: { -readonly [Key in keyof Finding]: Finding[Key] } = {
      id,
      stage: "podsecurity",
      severity,
      path,
      message,
      origin,
    };
    if (container !== undefined) finding.container = container;
    if (field !== undefined) finding.field = field;
    findings.push(finding);
  }
}

/** The securityContext field, or the field of the pod spec beside it, that a path leads to. */
function fieldOf(path: FieldPath): string | undefined {
  const context = path.indexOf("securityContext");
  if (context === -1 && path.length !== 2) return undefined;
  const step = path[context === -1 ? 1 : context + 1];
  return typeof step === "string" ? step : undefined;
}
