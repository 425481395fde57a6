// The shape of what accepts findings: a comment, an exemption of the configuration, an entry of the baseline.
import type { CheckedPod, CheckFinding, Suppression } from "../checked.ts";

/** Does a pattern (with `*`, `**`, `?`, `{a,b}`) match? The shell brings the matcher. */
export type Matches = (pattern: string, text: string) => boolean;

export interface Suppressor {
  readonly suppression: Suppression;
  readonly accepts: (finding: CheckFinding, pod: CheckedPod) => boolean;
}
