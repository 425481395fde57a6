// The refusals of checks as findings: one for each container (or the pod) that a check objects to, at the field it objects to.
import type { FieldPath, Finding, Severity } from "../model/finding.ts";
import type { World } from "../model/world.ts";
import type { Failure } from "./evaluate.ts";

export interface FindingOptions {
  readonly severity: Severity;
  /** The finished sentence about one check. */
  readonly print: (failure: Failure) => string;
}

/** Findings with paths relative to the pod. The offenders of one check share its message, which names them all. */
export function findingsOf(
  failures: readonly Failure[],
  world: World,
  { severity, print }: FindingOptions,
): Finding[] {
  const findings: Finding[] = [];
  const origin = `kube-apiserver ${world.kubernetes}`;
  for (const failure of failures) {
    const message = print(failure);
    const told = new Set<string | undefined>();
    for (const { path, container } of failure.offences) {
      if (told.has(container)) continue;
      told.add(container);
      const field = fieldOf(path);
      findings.push({
        id: `podsecurity.${failure.check}`,
        stage: "podsecurity",
        severity,
        ...(container === undefined ? {} : { container }),
        ...(field === undefined ? {} : { field }),
        path,
        message,
        origin,
      });
    }
  }
  return findings;
}

/** The securityContext field, or the field of the pod spec beside it, that a path leads to. */
function fieldOf(path: FieldPath): string | undefined {
  const context = path.indexOf("securityContext");
  if (context === -1 && path.length !== 2) return undefined;
  const step = path[context === -1 ? 1 : context + 1];
  return typeof step === "string" ? step : undefined;
}
