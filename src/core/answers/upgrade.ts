// The shape of an upgrade break: what becomes of a pod, as it is, between two neighbouring Kubernetes versions of a range.
import type { Journey } from "../journey.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Hit } from "./risk.ts";

/** One version of the range: the pod's walk there, and all that `check` finds of it. */
export interface AtVersion {
  readonly journey: Journey;
  /** With paths from the document's root. */
  readonly findings: readonly Finding[];
}
export interface Upgrade {
  /** `upgrade.<what>`; its file bears the last part. */
  readonly id: string;
  readonly severity: Exclude<Severity, "refusal">;
  readonly title: string;
  readonly why: string;
  readonly mend: string;
  readonly reference: string;
  /** Manifests, run as tests over all versions: the first is found, the second is not. */
  readonly failing: string;
  readonly passing: string;
  /** What the step from one version to the next brings; paths from the document's root. */
  readonly find: (before: AtVersion, after: AtVersion) => readonly Hit[];
}
