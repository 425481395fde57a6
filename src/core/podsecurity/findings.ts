// The refusals of checks as findings: one for each field that a check objects to, in the words that it has for all of them.
import type { FieldPath, Finding, Severity } from "../model/finding.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { type Failure, printFailure } from "./evaluate.ts";

export interface FindingOptions {
  readonly severity: Severity;
  /** How each sentence begins: `violates PodSecurity "restricted:v1.37": `. */
  readonly prefix: string;
}

/** Findings with paths relative to the pod. The offending fields of one check share its message, which names them all. */
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
  const origin = isEnforcedBy(world) ? `kube-apiserver ${world.kubernetes}` : STANDARDS;
  const { reason, detail } = failure;
  for (const { path, container } of failure.offences) {
    const field = fieldOf(path);
    const finding: { -readonly [Key in keyof Finding]: Finding[Key] } = {
      id,
      stage: "podsecurity",
      severity,
      path,
      message,
      origin,
      reason,
      detail,
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

/** Who says it where no program does: the policy alone. */
const STANDARDS = "Pod Security Standards";

/** Does this API server have the admission plugin (1.22 behind a gate, on since 1.23)? Older ones had PodSecurityPolicy. */
export function isEnforcedBy(world: World): boolean {
  return gateEnabled(world, "PodSecurity");
}
