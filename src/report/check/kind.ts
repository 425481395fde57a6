// What a finding is to its reader: what a program refuses or warns of, what is to be known, and what only the level lacks that was asked for.
import type { CheckFinding } from "../../core/answers/checked.ts";

/** `unmet`: a requirement of the level to reach, which no namespace enforces: nothing refuses the pod for it. */
export type Kind = CheckFinding["severity"] | "unmet";

/** The worst first. */
export const KINDS = ["refusal", "unmet", "warning", "note"] as const;

export function kindOf({ severity, asked }: Pick<CheckFinding, "severity" | "asked">): Kind {
  return severity === "refusal" && asked === true ? "unmet" : severity;
}
